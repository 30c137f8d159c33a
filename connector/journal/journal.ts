import type { IsoTime, Key } from "../model/glossary.ts";

/** "posts": what networks said · "replies": what people want sent · "changes": what people did beside · "decisions": why each post became what it became. */
export type LogName = "posts" | "replies" | "changes" | "decisions";

export interface NewEntry {
  readonly key: Key;
  readonly partition: number;
  readonly value: string;
}

export interface Entry extends NewEntry {
  /** Grows within a partition; gaps are normal. */
  readonly seq: number;
  readonly appendedAt: IsoTime;
}

/** A document with compare-and-set. */
export interface Doc {
  readonly key: string;
  readonly value: string;
  /** At least 1, grows with every put. */
  readonly revision: number;
}

/** A durable log in partitions, and documents with compare-and-set. Everything that must survive a crash lies here. */
export interface Journal extends AsyncDisposable {
  /** How many shares the work of its logs is divided into: stored when the journal is made (`model/partition.ts`). */
  readonly partitions: number;
  /** May several connectors have it open at once? */
  readonly isShared: boolean;
  /**
   * All or nothing, durable on return, in order within a partition. Skips a key the log has seen. "consequence": it follows
   * from what was heard before, and may use a part of what is kept free when the disk is nearly full.
   */
  append(log: LogName, items: readonly NewEntry[], cause?: "consequence"): Promise<void>;
  /**
   * Pages of up to `max` entries after `seq` (gaps are normal); waits for more until aborted, then ends. What another process
   * appends to the same journal comes too, within two seconds.
   */
  tail(log: LogName, partition: number, seq: number, max: number, signal: AbortSignal): AsyncIterable<readonly Entry[]>;
  /** The entry of this key, wherever it stands in the log. */
  find(log: LogName, key: Key): Promise<Entry | undefined>;
  /** Has the log seen this key or a version of it (`<key>#<number>`), as far back as keys are remembered? */
  knows(log: LogName, key: Key): Promise<boolean>;
  /** The entries of this key and of its versions (`<key>#<number>`), those that are emptied too, as they were appended. */
  versions(log: LogName, key: Key): Promise<readonly Entry[]>;
  /** Pages of what was appended at or after `from`, oldest first, up to what stands there now. */
  since(log: LogName, from: IsoTime): AsyncIterable<readonly Entry[]>;
  /** Empties the values of this key and of what begins with `<key>#<number>` in every log; keys and places stay. */
  erase(key: Key): Promise<void>;
  get(key: string): Promise<Doc | undefined>;
  /** Writes if the document still stands at `revision` (0: must not exist). The new revision, or undefined: lost the race. */
  put(key: string, value: string, revision: number): Promise<number | undefined>;
  /** In the order of their keys, as they stood when the listing came to them. */
  list(prefix: string): AsyncIterable<Doc>;
  /**
   * Removes if it still stands at `revision`; false: lost the race or not there. Where the connection to a shared journal broke
   * meanwhile, false may also mean that this very call has removed it.
   */
  remove(key: string, revision: number): Promise<boolean>;
  /**
   * Entries appended before `horizons.values` go, but never one that `position/<log>/<partition>` has yet to pass, nor one
   * with a document `parked/<log>/<seq>` (a log without any position has no reader: there age alone decides). Their keys stay, as digests, until `horizons.keys`.
   * A forgotten key may be appended anew. A seq is never given twice.
   */
  trim(log: LogName, horizons: { readonly values: IsoTime; readonly keys: IsoTime }): Promise<void>;
}
