import type { ParkedEntry } from "../../flow/consuming/parked.ts";
import type { ExitCode } from "../command.ts";
import { toTable } from "../words.ts";
import { readStanding, toNext } from "./standing.ts";
import type { ParkedTask } from "./task.ts";

const HEADS = ["Log", "Seq", "Reason", "Tries", "Tried", "Next try", "Key", "Detail"];

/** What stands aside. */
export async function list({ journal, log, flags, shell, visit }: ParkedTask): Promise<ExitCode> {
  const standing = await readStanding(journal, log);
  const running = await visit.isRunning();
  const rows = standing.map((one) => ({ ...toFacts(one), nextTry: toNext(one, running) }));
  if (flags.json) shell.out(JSON.stringify(rows));
  else if (rows.length === 0) shell.out("Nothing is parked.");
  else for (const line of toTable(HEADS, rows.map(toCells))) shell.out(line);
  return 0;
}

type Row = ReturnType<typeof toFacts> & { readonly nextTry: string };

export function toFacts({ log, seq, key, reason, detail, tries, at }: ParkedEntry) {
  return { log, seq, key, reason, detail, tries, triedAt: at };
}

function toCells({ log, seq, reason, tries, triedAt, nextTry, key, detail }: Row): readonly string[] {
  return [log, String(seq), reason, String(tries), triedAt, nextTry, key, detail];
}
