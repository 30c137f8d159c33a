import type { Finding } from "../../crm/crm.ts";
import type { Shell } from "../command.ts";
import { toPrintable } from "../words.ts";

const MARKS = { good: "✓", doubtful: "?", bad: "✗" } as const;

/** Says a finding in a line, and in a second one what to do about it. */
export function toTeller({ out }: Pick<Shell, "out">): (finding: Finding) => void {
  return ({ what, state, detail, remedy }) => {
    out(toPrintable(`${MARKS[state]} ${what}: ${detail}`));
    if (remedy !== "") out(toPrintable(`    → ${remedy}`));
  };
}
