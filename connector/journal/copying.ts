import type { IsoTime, Key } from "../model/glossary.ts";
import type { Doc, Entry, LogName } from "./journal.ts";

/** An entry as it stands, with the log that it stands in. */
export interface LoggedEntry extends Entry {
  readonly log: LogName;
}

/** What is remembered of a key whose entry is trimmed. */
export interface Digest {
  readonly log: LogName;
  /** SHA-256 of the key, in hexadecimal. */
  readonly digest: string;
  readonly appendedAt: IsoTime;
}

/** After which digest to go on. */
export type DigestPlace = Pick<Digest, "digest" | "log">;

/** The rows of a journal in pages, each kind in an order of its own that never changes. */
export interface Rows {
  /** By their seqs, which no two entries of a journal share. */
  readonly entries: (afterSeq: number) => AsyncIterable<readonly LoggedEntry[]>;
  readonly digests: (after: DigestPlace | undefined) => AsyncIterable<readonly Digest[]>;
  readonly documents: (afterKey: string) => AsyncIterable<readonly Doc[]>;
}

/** A journal as it stood when it was opened, for who copies it: nothing that is written meanwhile shows. Changes nothing. */
export interface Original extends Rows, AsyncDisposable {
  /** Where it is, for people: without a password. */
  readonly place: string;
  readonly partitions: number;
  /** No entry was ever given a greater one, those that are trimmed included. */
  readonly lastSeq: number;
  readonly counts: { readonly entries: number; readonly digests: number; readonly documents: number };
}

/** What is written together. */
export interface Chunk {
  readonly entries?: readonly LoggedEntry[];
  readonly digests?: readonly Digest[];
  readonly documents?: readonly Doc[];
}

/** A journal in the making. No connector opens it until it is finished. */
export interface Copy extends Rows, AsyncDisposable {
  /** Where it will be, for people: without a password. */
  readonly place: string;
  /** What the last `write` noted; undefined: nothing was written yet. */
  readonly note: string | undefined;
  /** All or nothing, with the note, durable on return. */
  write(chunk: Chunk, note: string): Promise<void>;
  /** Those of these entries that are written, in any order. */
  find(log: LogName, keys: readonly Key[]): Promise<readonly Pick<Entry, "key" | "seq" | "partition">[]>;
  /** Makes it a journal of so many partitions, in its place, durably. No entry will be given a seq up to `lastSeq`. */
  finish(facts: { readonly partitions: number; readonly lastSeq: number }): Promise<void>;
  /** Takes all of it away, that it may be begun anew. */
  clear(): Promise<void>;
}
