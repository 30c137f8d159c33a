import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { CoverageBook } from "../coverage.ts";
import { Stopped, Unavailable } from "../errors.ts";
import type { Bell } from "../flow/consuming/bell.ts";
import type { Shares } from "../flow/shares.ts";
import type { Board, PartState } from "../http/board.ts";
import type { Journal } from "../journal/journal.ts";
import type { Key } from "../model/glossary.ts";
import type { Rechecker } from "../rechecker.ts";
import type { Reporter } from "../reporter.ts";
import type { Source } from "../sources/source.ts";
import type { Telemetry } from "../telemetry.ts";
import type { InUse } from "./in-use.ts";
import type { Urgency } from "./urgent.ts";

/** What the parts of a running connector share. */
export interface Parts extends Urgency {
  readonly config: Config;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly journal: Journal;
  /** What of the work is this connector's. */
  readonly shares: Shares;
  /** Which connector this is among those that share the journal; undefined: it is alone. */
  readonly replica: string | undefined;
  readonly board: Board;
  /** Our accounts as they come up; what is not up yet is waited for. */
  readonly sources: Map<Key, Source>;
  readonly reporter: Reporter;
  readonly coverage: CoverageBook;
  readonly rechecker: Rechecker;
  /** What is good of what coordinators keep in the CRM. */
  readonly inUse: InUse;
  /** Rung when what they keep may have changed. */
  readonly settingsBell: Bell;
  /** The partition of each account, where its replies lie and its feeds are heard: its own, as far as there are enough of them. */
  readonly lanes: Map<Key, number>;
}

/** Our account of this key; undefined: none. Throws `Unavailable` while one that is not up yet may be it. */
export function awaited({ sources, config }: Parts): Pick<ReadonlyMap<Key, Source>, "get"> {
  return {
    get(key) {
      const source = sources.get(key);
      if (source === undefined && sources.size < config.accounts.length)
        throw new Unavailable("An account is not connected to its network yet");
      return source;
    },
  };
}

/** Is this account of ours heard by this connector? Others send through it and read what is said around it. */
export function isHeardHere({ shares, lanes }: Pick<Parts, "shares" | "lanes">, account: Key): boolean {
  const lane = lanes.get(account);
  return lane !== undefined && shares.held.has(lane);
}

/** What our account of this key is called; undefined: it is not up yet, or none of ours. */
export function toHandleOf(sources: Parts["sources"]): (key: Key) => string | undefined {
  return (key) => sources.get(key)?.account.handle;
}

/** Stopped: it will not go on until somebody mends what the detail says. */
export function toPartState(wait: Unavailable): PartState {
  return wait instanceof Stopped ? "stopped" : "waiting";
}
