import type { Key } from "../../../model/glossary.ts";
import type { Heard } from "../../heard.ts";
import { toAddress, toPostKey } from "../keys.ts";

const MOST = 10_000;

/** Which posts we told of, so that what happens to all the others is nobody's business. */
export interface Told {
  add(post: Key): void;
  /** Whatever tells of it: its author is one whose posts we may hold. */
  note(post: Key): void;
  has(post: Key): Promise<boolean>;
  /** All that is held of this author. */
  by(did: string): Promise<readonly Key[]>;
}

/** What was told since the start is at hand; the rest the journal knows. Authors are looked up there once, at the first need. */
export function openTold(heard: Heard, most = MOST): Told {
  const told = new Set<Key>();
  const authors = new Set<string>();
  let looking: Promise<void> | undefined;

  const lookUp = async (): Promise<void> => {
    for await (const page of heard.keys()) for (const key of page) note(key);
  };
  const note = (key: Key) => {
    const did = toAddress(key)?.did;
    if (did !== undefined) authors.add(did);
  };
  return {
    note,
    add: (post) => {
      told.add(post);
      note(post);
      const [oldest] = told;
      if (told.size > most && oldest !== undefined) told.delete(oldest);
    },
    has: async (post) => told.has(post) || (await heard.knows(post)),
    by: async (did) => {
      await (looking ??= lookUp());
      if (!authors.has(did)) return [];
      const prefix = toPostKey(did, "");
      const found = new Set([...told].filter((key) => key.startsWith(prefix)));
      for await (const page of heard.keys()) for (const key of page) if (key.startsWith(prefix)) found.add(key);
      return [...found].filter((key) => toAddress(key) !== undefined);
    },
  };
}
