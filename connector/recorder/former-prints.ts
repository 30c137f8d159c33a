import { z } from "zod";
import type { Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Post } from "../model/post.ts";
import { toPrints, type Said } from "../model/prints.ts";
import { parseEvent } from "./parse-event.ts";

const PREFIX = "former/";
const toDocKey = (post: Key): string => `${PREFIX}${post}`;

const Kept = z.array(
  z.object({
    version: z.number(),
    isPublic: z.boolean(),
    words: z.object({ salt: z.string(), byLength: z.record(z.string(), z.string()) }),
  }),
);
type Kept = z.infer<typeof Kept>;

/** When the last of them was kept stands before them. */
const toValue = (at: IsoTime, kept: Kept): string => `${at} ${JSON.stringify(kept)}`;
const toAt = (value: string): IsoTime => value.slice(0, value.indexOf(" "));
const toKept = (value: string): Kept => Kept.parse(JSON.parse(value.slice(value.indexOf(" "))));

/**
 * Before the words of a version that an edit replaced go from the journal: what remains tells them where somebody repeats
 * them, and cannot be read. Safe to repeat.
 */
export async function keepPrints(journal: Journal, post: Post, now: IsoTime): Promise<void> {
  const { key, version, text } = post;
  const one = { version, isPublic: post.visibility === "public", words: toPrints(text) };
  for (;;) {
    const doc = await journal.get(toDocKey(key));
    const kept = doc === undefined ? [] : toKept(doc.value);
    if (kept.some((other) => other.version === version)) return;
    const value = toValue(now, [...kept, one]);
    if ((await journal.put(toDocKey(key), value, doc?.revision ?? 0)) !== undefined) return;
  }
}

/** All that is remembered of what these posts said, in any version; of a post of which nothing is, nothing. */
export async function recallSaid(journal: Journal, posts: readonly Key[]): Promise<ReadonlyMap<Key, readonly Said[]>> {
  const said = new Map<Key, readonly Said[]>();
  for (const key of new Set(posts)) {
    const entries = await journal.versions("posts", key);
    const doc = await journal.get(toDocKey(key));
    const held = entries.flatMap(({ value }): readonly Said[] => {
      const event = value === "" ? undefined : parseEvent(value);
      if (event === undefined || event.type === "deleted") return [];
      const { version, text, visibility } = event.post;
      return [{ version, isPublic: visibility === "public", words: text }];
    });
    const all = [...held, ...(doc === undefined ? [] : toKept(doc.value))];
    if (all.length > 0) said.set(key, all);
  }
  return said;
}

/** Of a deleted post nothing remains to tell it by. */
export async function dropPrints(journal: Journal, post: Key): Promise<void> {
  for (;;) {
    const doc = await journal.get(toDocKey(post));
    if (doc === undefined || (await journal.remove(doc.key, doc.revision))) return;
  }
}

/** Forgets what was kept before `before`. */
export async function forgetPrints(journal: Journal, before: IsoTime): Promise<void> {
  for await (const { key, value, revision } of journal.list(PREFIX)) {
    if (toAt(value) < before) await journal.remove(key, revision);
  }
}
