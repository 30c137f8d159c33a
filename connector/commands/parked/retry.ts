import type { Journal } from "../../journal/journal.ts";
import type { ParkedEntry } from "../../flow/consuming/parked.ts";
import type { ExitCode } from "../command.ts";
import { misunderstood } from "../flags.ts";
import { putAgain, readAgain, readStanding } from "./standing.ts";
import { USAGE, type ParkedTask } from "./task.ts";

/** Asks the connector to try one of them, or all, without waiting for their time. */
export async function retry(task: ParkedTask, seq: number | undefined): Promise<ExitCode> {
  const { journal, visit, flags, shell } = task;
  const wanted = await toWanted(task, seq);
  let asked = 0;
  for (const one of wanted) asked += (await askAgain(journal, one)) ? 1 : 0;
  if (seq !== undefined && asked === 0) {
    shell.err(`Nothing is parked under ${seq}${flags.reason === undefined ? "" : ` for ${flags.reason}`}`);
    return 1;
  }
  const entries = asked === 1 ? "1 entry" : `${asked} entries`;
  const when = (await visit.isRunning()) ? "within seconds" : "at the connector's next start: none runs now";
  shell.out(asked === 0 ? "Nothing is parked." : `${entries} will be tried ${when}.`);
  return 0;
}

async function toWanted({ journal, log, flags }: ParkedTask, seq: number | undefined): Promise<readonly ParkedEntry[]> {
  if ((seq !== undefined) === flags.all) throw misunderstood(USAGE, "which ones? Name SEQ or --all");
  const standing = await readStanding(journal, log);
  return standing.filter(
    (one) => (seq === undefined || one.seq === seq) && (flags.reason === undefined || one.reason === flags.reason),
  );
}

/** False: it stands aside no longer. The connector may write the same document at any time. */
async function askAgain(journal: Journal, standing: ParkedEntry): Promise<boolean> {
  for (let one: ParkedEntry | undefined = standing; one !== undefined; one = await readAgain(journal, one)) {
    if (await putAgain(journal, one)) return true;
  }
  return false;
}
