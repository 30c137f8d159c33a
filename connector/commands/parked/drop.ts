import type { Journal } from "../../journal/journal.ts";
import { markDoubt } from "../../doubts.ts";
import type { ParkedEntry } from "../../flow/consuming/parked.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { ExitCode } from "../command.ts";
import { findStanding, readAgain, remove } from "./standing.ts";
import { needSeq, type ParkedTask } from "./task.ts";

/** Gives one of them up for good; the log "decisions" says who did, and why it stood aside. */
export async function drop({ journal, log, flags, shell }: ParkedTask, seq: number | undefined): Promise<ExitCode> {
  const wanted = needSeq(seq);
  const standing = await findStanding(journal, log, wanted);
  if (standing === undefined) {
    shell.err(`Nothing is parked under ${wanted}`);
    return 1;
  }
  if (!flags.yes) {
    shell.err(`${standing.key} will never be handed on. If that is meant, say so: earshot parked drop ${wanted} --yes`);
    return 1;
  }
  // Noted first: what was dropped is always provable. A repetition finds the note and goes on.
  await note(journal, standing, shell.user);
  await markIfDoubted(journal, standing, shell.clock.now());
  if (!(await release(journal, standing))) {
    shell.err(`The connector has just handed ${standing.key} on: nothing was dropped`);
    return 1;
  }
  if (flags.erase) await journal.erase(standing.key);
  shell.out(`${standing.key} is dropped${flags.erase ? ", and its text is erased from the journal" : ""}.`);
  return 0;
}

async function note(
  journal: Journal,
  { key, partition, reason, detail, tries }: ParkedEntry,
  by: string,
): Promise<void> {
  const value = JSON.stringify({ outcome: "dropped", by, reason, detail, tries });
  await journal.append("decisions", [{ key: `${key}/dropped`, partition, value }]);
}

/** A call that was lost may yet record it: what is heard of the post from now on has to reach the CRM before. */
async function markIfDoubted(journal: Journal, { log, key, inDoubt }: ParkedEntry, now: IsoTime): Promise<void> {
  const [, post, version] = /^(.+)#(\d+)$/.exec(key) ?? [];
  if (log !== "posts" || inDoubt !== true || post === undefined) return;
  await markDoubt(journal, { key: post, version: Number(version) }, now);
}

/** Whatever the connector writes there meanwhile, such as one more try. False: it was handed on first. */
async function release(journal: Journal, standing: ParkedEntry): Promise<boolean> {
  for (let one: ParkedEntry | undefined = standing; one !== undefined; one = await readAgain(journal, one)) {
    if (await remove(journal, one)) return true;
  }
  return false;
}
