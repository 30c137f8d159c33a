import { z } from "zod";
import type { Cursor, IsoTime } from "../../../model/glossary.ts";

/** Where the stream was left: at a seq, whose frame told the time `said`, or at a time. All up to `at` was heard. */
const Mark = z.object({
  seq: z.number().int().nonnegative().optional(),
  said: z.string().optional(),
  at: z.string(),
});
export type Mark = z.infer<typeof Mark>;

export function toMark(cursor: Cursor): Mark {
  return Mark.parse(JSON.parse(cursor));
}

export function toCursor({ seq, said, at }: Mark): Cursor {
  return JSON.stringify({ seq, said, at });
}

/** Two streams tell the same at times that differ a little. */
const APART_MS = 120_000;

/** The same place without the number of a frame, which means something in one stream only. */
export function toTimed({ at }: Mark): Mark {
  return { at: new Date(Date.parse(at) - APART_MS).toISOString() };
}

export interface Listening {
  readonly jetstream: string;
  readonly collections: readonly string[];
}

/** A seq is taken up where it stands, inclusive; a time, in microseconds, where it may still be had. */
export function toStreamAddress({ jetstream, collections }: Listening, { seq, at }: Mark): URL {
  const address = new URL("/xrpc/network.bsky.jetstream.subscribeEvents", jetstream);
  for (const kind of ["commit", "identity", "account"]) address.searchParams.append("kinds", kind);
  for (const collection of collections) address.searchParams.append("collections", collection);
  address.searchParams.set("cursor", String(seq ?? Date.parse(at) * 1000));
  return address;
}

export function toEarlier(one: IsoTime, other: IsoTime): IsoTime {
  return one < other ? one : other;
}
