import type { Clock } from "../../clock.ts";
import type { Finding } from "../../crm/crm.ts";
import { Unavailable } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { JournalState, Visit } from "../../wire/visit.ts";
import { toCount, toDuration, toSize } from "../words.ts";
import { bad, doubtful, good, MOST_MS, type Check } from "./check.ts";
import { toReplicaFindings } from "./replicas.ts";
import { toServerFindings } from "./server.ts";

/** A gigabyte is some million posts, but a disk that has no more is mostly being filled by something else. */
const SCARCE_BYTES = 1024 ** 3;
const LATE_MS = 10 * 60_000;
/** Leaves time to tell what was found before the check itself is late. */
const READING_MS = MOST_MS - 5_000;

type FileState = Extract<JournalState, { kind: "file" }>;
type LogFigures = NonNullable<JournalState["logs"]>[number];

export interface JournalOptions {
  readonly visit: Visit;
  /** As the configuration names it. */
  readonly place: string;
  /** Below so many the connector listens no longer. */
  readonly leastFreeBytes: number;
  readonly clock: Clock;
}

/** The file or the server itself, who works on it, and what waits in it. */
export function toJournalCheck(options: JournalOptions): Check {
  const { visit, place, leastFreeBytes, clock } = options;
  return {
    what: "Journal",
    async look(signal) {
      // Opening it says in our own words what is wrong with one that is none of ours, too new, or out of reach.
      await using journal = await visit.journal();
      const state = await visit.journalState(READING_MS, signal).catch((error: unknown) => {
        if (error instanceof Unavailable) throw error;
        throw new Unavailable(`The journal ${place} cannot be read now: is the disk busy?`, { cause: error });
      });
      if (state.kind === "file") {
        const running = await visit.isRunning();
        return [
          toWhole(place, state),
          toSpace(state, leastFreeBytes),
          toRunning(running),
          ...toLags(state.logs, running, clock),
        ];
      }
      const replicas = await visit.replicas(signal);
      const running = replicas.some(({ isAlive }) => isAlive);
      return [
        ...toServerFindings(state, replicas),
        toRunning(running),
        ...toReplicaFindings(replicas, journal.partitions),
        ...(state.logs === undefined ? [UNCOUNTED] : toLags(state.logs, running, clock)),
      ];
    },
  };
}

const UNCOUNTED = doubtful(
  "Logs",
  "What waits could not be counted in time",
  "Where the server is not busy otherwise, much waits: see earshot_lag_entries at /metrics of the connectors",
);

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
function toLags(logs: readonly LogFigures[], running: boolean, clock: Clock): readonly Finding[] {
  return logs.map(({ log, entries, waiting, waitsSince }) => {
    const what = `Log "${log}"`;
    if (waiting === 0 || waitsSince === null)
      return good(what, entries === undefined ? "None waits" : `${toEntries(entries)}, none waits`);
    const many =
      entries === undefined ? toEntries(waiting) : `${waiting.toLocaleString("en")} of ${toEntries(entries)}`;
    const detail = `${many} wait, the first of them for ${toDuration(toAgeMs(waitsSince, clock))}`;
    if (toAgeMs(waitsSince, clock) < LATE_MS) return good(what, detail);
    const remedy = running ? "See what else stands here: they go on by themselves" : "Start the connector";
    return doubtful(what, detail, remedy);
  });
}

function toEntries(count: number): string {
  return toCount(count, "entry", "entries");
}

function toAgeMs(at: IsoTime, clock: Clock): number {
  return Date.parse(clock.now()) - Date.parse(at);
}
