import type { Clock } from "../../clock.ts";
import type { Finding } from "../../crm/crm.ts";
import { Unavailable } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Visit } from "../../wire/visit.ts";
import { toDuration, toSize } from "../words.ts";
import { bad, doubtful, good, MOST_MS, type Check } from "./check.ts";

/** A gigabyte is some million posts, but a disk that has no more is mostly being filled by something else. */
const SCARCE_BYTES = 1024 ** 3;
const LATE_MS = 10 * 60_000;
/** Leaves time to tell what was found before the check itself is late. */
const READING_MS = MOST_MS - 5_000;

type FileState = Awaited<ReturnType<Visit["journalFile"]>>;

export interface JournalOptions {
  readonly visit: Visit;
  readonly file: string;
  /** Below so many the connector listens no longer. */
  readonly leastFreeBytes: number;
  readonly clock: Clock;
}

/** The file itself, and what waits in it. */
export function toJournalCheck({ visit, file, leastFreeBytes, clock }: JournalOptions): Check {
  return {
    what: "Journal",
    async look(signal) {
      // Opening it says in our own words what is wrong with a file that is none of ours, too new, or out of reach.
      await (await visit.journal())[Symbol.asyncDispose]();
      const state = await visit.journalFile(READING_MS, signal).catch((error: unknown) => {
        throw new Unavailable(`The journal ${file} cannot be read now: is the disk busy?`, { cause: error });
      });
      const running = visit.isRunning();
      return [
        toWhole(file, state),
        toSpace(state, leastFreeBytes),
        toRunning(running),
        ...toLags(state, running, clock),
      ];
    },
  };
}

function toWhole(file: string, { bytes, version, faults }: FileState): Finding {
  const detail = `${file}, ${toSize(bytes)}, format ${version}`;
  if (faults === undefined)
    return doubtful("Journal", `${detail}; too large to be checked to its end in time`, "Check a backup of it instead");
  if (faults.length === 0) return good("Journal", `${detail}, undamaged`);
  const remedy = "Stop the connector, restore the last backup, and look after the disk";
  return bad("Journal", `${detail}, is damaged in ${faults.length} places`, remedy);
}

function toSpace({ freeBytes }: FileState, leastFreeBytes: number): Finding {
  const detail = `${toSize(freeBytes)} free where the journal is`;
  const remedy = `Free some: below ${toSize(leastFreeBytes)} the connector stops listening`;
  if (freeBytes < leastFreeBytes) return bad("Disk", detail, remedy);
  return freeBytes < Math.max(SCARCE_BYTES, 2 * leastFreeBytes)
    ? doubtful("Disk", detail, remedy)
    : good("Disk", detail);
}

function toRunning(running: boolean): Finding {
  if (running) return good("Connector", "It runs: the journal is open");
  return doubtful("Connector", "None runs on this journal", "Start it: earshot start");
}

/** What the first of them is waiting for is told by the other checks. */
function toLags({ logs }: FileState, running: boolean, clock: Clock): readonly Finding[] {
  return logs.map(({ log, entries, waiting, waitsSince }) => {
    const what = `Log "${log}"`;
    if (waiting === 0 || waitsSince === null) return good(what, `${toCount(entries)}, none waits`);
    const detail = `${waiting} of ${toCount(entries)} wait, the first of them for ${toDuration(toAgeMs(waitsSince, clock))}`;
    if (toAgeMs(waitsSince, clock) < LATE_MS) return good(what, detail);
    const remedy = running ? "See what else stands here: they go on by themselves" : "Start the connector";
    return doubtful(what, detail, remedy);
  });
}

function toCount(entries: number): string {
  return entries === 1 ? "1 entry" : `${entries} entries`;
}

function toAgeMs(at: IsoTime, clock: Clock): number {
  return Date.parse(clock.now()) - Date.parse(at);
}
