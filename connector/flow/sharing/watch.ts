import type { ReplicaDoc } from "./documents.ts";

/** When it was looked, by the watcher's own monotonic clock. */
export interface Look {
  readonly beganMs: number;
  readonly endedMs: number;
}

/** How long the revisions of the others have stood still, as far as we could see it. */
export interface Watch {
  note(replicas: readonly ReplicaDoc[], look: Look): void;
  /** We could not look: the time until the next look proves nothing, as the others may not have been able to write. */
  interrupted(): void;
  stoodStillMs(id: string): number;
}

/**
 * `mostMs`: of the time between two looks at most so much counts. Who looked only after minutes (frozen itself, perhaps with
 * the others on one machine) does not call the others dead for it.
 */
export function openWatch(mostMs: number): Watch {
  let seen: ReadonlyMap<string, { readonly revision: number; readonly stillMs: number }> = new Map();
  let lastMs: number | undefined;

  return {
    // A revision is surely written when the look ends, and surely stands when the next one begins.
    note: (replicas, { beganMs, endedMs }) => {
      const passedMs = lastMs === undefined ? 0 : Math.min(mostMs, Math.max(0, beganMs - lastMs));
      lastMs = endedMs;
      seen = new Map(
        replicas.map(({ id, revision }) => {
          const before = seen.get(id);
          return [id, { revision, stillMs: before?.revision === revision ? before.stillMs + passedMs : 0 }];
        }),
      );
    },
    interrupted: () => {
      lastMs = undefined;
    },
    stoodStillMs: (id) => seen.get(id)?.stillMs ?? 0,
  };
}
