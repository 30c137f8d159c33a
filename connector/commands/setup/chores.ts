import type { Chore } from "../../crm/crm.ts";
import type { Visit } from "../../wire/visit.ts";
import type { Shell } from "../command.ts";
import type { Check } from "../doctor/check.ts";
import { toPrintable } from "../words.ts";

/** Tells what is left to people; it finds nothing itself. */
export function toChoresCheck(visit: Visit, { out }: Pick<Shell, "out">): Check {
  return {
    what: "By hand",
    async look(signal) {
      await using crm = await visit.crm(signal);
      tellChores(await crm.chores(signal), out);
      return [];
    },
  };
}

/** Each with where to click, unless it is done. */
function tellChores(chores: readonly Chore[], out: Shell["out"]): void {
  out("\nBy hand, in this order:");
  for (const [index, { what, done, detail, where }] of chores.entries()) {
    out(toPrintable(`${toMark(done)} ${index + 1}. ${what}: ${detail}`));
    if (done !== true) out(toPrintable(`    → ${where}`));
  }
  const left = chores.filter(({ done }) => done === false).length;
  out(
    left === 0 ? "\nNothing is left to do." : `\n${left} of ${chores.length} are left. Run earshot setup again to see.`,
  );
}

function toMark(done: boolean | undefined): string {
  if (done === undefined) return "·";
  return done ? "✓" : "☐";
}
