import { findParked, readParked, toNextTry, toParkedKey, type ParkedEntry } from "../../flow/consuming/parked.ts";
import type { Journal } from "../../journal/journal.ts";

/** Nobody reads the log "decisions", so nothing of it is ever parked. */
export const LOGS = ["posts", "replies", "changes"] as const;
export type ParkedLog = (typeof LOGS)[number];

/** All that stand aside in this log, or in all, by their numbers. */
export async function readStanding(journal: Journal, log: ParkedLog | undefined): Promise<readonly ParkedEntry[]> {
  const found = await Array.fromAsync(readParked(journal, log));
  return found.sort((a, b) => a.seq - b.seq);
}

/** The one of this number; undefined: none stands aside under it. */
export async function findStanding(
  journal: Journal,
  log: ParkedLog | undefined,
  seq: number,
): Promise<ParkedEntry | undefined> {
  for (const name of log === undefined ? LOGS : [log]) {
    const found = await findParked(journal, name, seq);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As the connector left it, or undefined where it stands aside no longer. */
export async function readAgain(journal: Journal, { log, seq }: ParkedEntry): Promise<ParkedEntry | undefined> {
  return await findParked(journal, log, seq);
}

/** Asks for another try. False: the connector wrote or removed it meanwhile. */
export async function putAgain(journal: Journal, { log, seq, revision, ...parked }: ParkedEntry): Promise<boolean> {
  const asked = JSON.stringify({ ...parked, again: true });
  return (await journal.put(toParkedKey(log, seq), asked, revision)) !== undefined;
}

/** False: the connector wrote or removed it meanwhile. */
export async function remove(journal: Journal, { log, seq, revision }: ParkedEntry): Promise<boolean> {
  return await journal.remove(toParkedKey(log, seq), revision);
}

/** When the connector tries it next, in a word or as a time. */
export function toNext(parked: ParkedEntry, running: boolean): string {
  if (!running) return "at the next start";
  return parked.again === true ? "now" : toNextTry(parked);
}
