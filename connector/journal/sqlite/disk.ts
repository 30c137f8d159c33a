import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../clock.ts";
import { DiskTrouble } from "../../errors.ts";

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

/** Throws `DiskTrouble` where the disk is too full to append: for a consequence of what was heard before later than for the rest. */
export type DiskGuard = (isConsequence: boolean) => void;

export interface DiskWatch {
  readonly guard: DiskGuard;
  /** Tells `onDisk` also where nothing is appended: a quiet account must not look full long after there is room. */
  readonly look: () => void;
}

const ASK_EVERY_MS = 1000;
const MEGABYTE = 2 ** 20;

/** Consequences may use half of the reserve: what was heard before is handed on, though nothing more is heard. */
export function toDiskGuard({ file, clock, onDisk, leastFreeBytes = 0, ...options }: DiskOptions): DiskWatch {
  const ask = options.freeBytes ?? (() => toFreeBytes(file));
  let free = Infinity;
  let askedMs = -Infinity;
  let isTight = false;

  function look(): void {
    if (leastFreeBytes === 0) return;
    if (clock.monotonicMs() - askedMs < ASK_EVERY_MS) return;
    askedMs = clock.monotonicMs();
    free = ask();
    if (isTight === free < leastFreeBytes) return;
    isTight = !isTight;
    onDisk?.(isTight ? toSentence(free) : undefined);
  }

  const guard: DiskGuard = (isConsequence) => {
    look();
    if (free < (isConsequence ? leastFreeBytes / 2 : leastFreeBytes)) throw new DiskTrouble(toSentence(free));
  };
  return { guard, look };
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
