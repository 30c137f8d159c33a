import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100;
/** Of the fields after the name in brackets, as Linux tells them. */
const PARENT = 1;
const OWN = [11, 12] as const;
const OF_ENDED_CHILDREN = [13, 14] as const;

function readFields(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
  } catch {
    return undefined;
  }
}

function toSeconds(fields: readonly string[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + Number(fields[place]), 0) / TICKS_PER_SECOND;
}

/** Processor time that a process has used so far; not a number where the system does not tell. */
export function readCpuSeconds(pid: number | undefined): number {
  const fields = pid === undefined ? undefined : readFields(pid);
  return fields === undefined ? Number.NaN : toSeconds(fields, OWN);
}

/** The same of a process with its children, those that have ended too. */
export function readCpuSecondsOfAll(pid: number): number {
  const fields = readFields(pid);
  if (fields === undefined) return Number.NaN;
  const children = readdirSync("/proc")
    .map((name) => (/^\d+$/.test(name) ? readFields(Number(name)) : undefined))
    .filter((child) => child?.[PARENT] === String(pid))
    .map((child) => toSeconds(child ?? [], OWN));
  return toSeconds(fields, [...OWN, ...OF_ENDED_CHILDREN]) + children.reduce((sum, seconds) => sum + seconds, 0);
}
