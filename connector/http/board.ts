import type { Clock } from "../clock.ts";
import type { IsoTime } from "../model/glossary.ts";

/** "stopped": somebody has to mend something; it tries again by itself all the same. */
export type PartState = "starting" | "up" | "waiting" | "stopped";

export interface PartStatus {
  readonly state: PartState;
  /** What it waits for, or what stopped it, as a sentence for the operator. */
  readonly detail: string;
  readonly since: IsoTime;
}

/** How the parts of the connector fare: each part writes its own line, `/health` and `/ready` show them. */
export interface Board {
  set(part: string, state: PartState, detail?: string): void;
  /** The part is no longer this connector's. */
  drop(part: string): void;
  parts(): Readonly<Record<string, PartStatus>>;
  /** Everything is up. */
  isReady(): boolean;
}

export function openBoard(clock: Clock): Board {
  const parts = new Map<string, PartStatus>();
  return {
    set(part, state, detail = "") {
      const before = parts.get(part);
      const since = before?.state === state ? before.since : clock.now();
      parts.set(part, { state, detail, since });
    },
    drop: (part) => void parts.delete(part),
    parts: () => Object.fromEntries(parts),
    isReady: () => [...parts.values()].every(({ state }) => state === "up"),
  };
}
