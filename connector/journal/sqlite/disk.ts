import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../clock.ts";
import { DiskTrouble } from "../../errors.ts";
import type { LogName } from "../journal.ts";

export interface DiskOptions {
  readonly file: string;
  readonly clock: Clock;
  /** Below this nothing is appended: what is left is for positions, the ledger, erasing and trimming. 0: no limit. */
  readonly leastFreeBytes?: number | undefined;
  /** By default what the file system says of the journal's directory. Asked at most once a second. */
  readonly freeBytes?: (() => number) | undefined;
  /** Told when the disk gets too full, as a sentence, and when there is room again. */
  readonly onDisk?: ((trouble: string | undefined) => void) | undefined;
}

/** Throws `DiskTrouble` where the disk is too full to append to this log. */
export type DiskGuard = (log: LogName) => void;

const ASK_EVERY_MS = 1000;
const MEGABYTE = 2 ** 20;

/** Decisions may use half of the reserve: what was heard before is handed on, though nothing more is heard. */
export function toDiskGuard({ file, clock, onDisk, leastFreeBytes = 0, ...options }: DiskOptions): DiskGuard {
  const ask = options.freeBytes ?? (() => toFreeBytes(file));
  let free = Infinity;
  let askedMs = -Infinity;
  let isTight = false;

  function look(): void {
    if (clock.monotonicMs() - askedMs < ASK_EVERY_MS) return;
    askedMs = clock.monotonicMs();
    free = ask();
    if (isTight === free < leastFreeBytes) return;
    isTight = !isTight;
    onDisk?.(isTight ? toSentence(free) : undefined);
  }

  return (log) => {
    if (leastFreeBytes === 0) return;
    look();
    if (free < (log === "decisions" ? leastFreeBytes / 2 : leastFreeBytes)) throw new DiskTrouble(toSentence(free));
  };
}

function toSentence(free: number): string {
  const megabytes = Math.floor(free / MEGABYTE);
  return `The journal's disk has only ${megabytes} MB left. Free some: listening goes on by itself.`;
}

/** Where the system does not tell, the disk itself will. */
function toFreeBytes(file: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
