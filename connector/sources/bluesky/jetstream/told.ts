import type { Clock } from "../../../clock.ts";
import type { IsoTime, Key } from "../../../model/glossary.ts";
import type { Heard } from "../../heard.ts";
import { toAddress, toPostKey } from "../keys.ts";

const MOST = 10_000;
/** Later than any time. */
const NEVER = "~";

/** Which posts we told of, so that what happens to all the others is nobody's business. */
export interface Told {
  add(post: Key): void;
  /** Whatever tells of it: its author is one whose posts we may hold. */
  note(post: Key): void;
  has(post: Key): Promise<boolean>;
  /** All that is held of this author. */
  by(did: string): Promise<readonly Key[]>;
}

/**
 * What was told since the start is at hand; the rest the journal knows. Since when it holds something of whom is looked up there
 * once, at the first need: then no more of it is read for one author than came since.
 */
export function openTold(heard: Heard, clock: Clock, most = MOST): Told {
  const told = new Set<Key>();
  const authors = new Map<string, IsoTime>();
  let looking: Promise<void> | undefined;

  const note = (key: Key, at: IsoTime) => {
    const did = toAddress(key)?.did;
    if (did !== undefined && at < (authors.get(did) ?? NEVER)) authors.set(did, at);
  };
  const lookUp = async (): Promise<void> => {
    for await (const page of heard.held()) for (const { key, at } of page) note(key, at);
  };
  return {
    note: (key) => note(key, clock.now()),
    add: (post) => {
      told.add(post);
      note(post, clock.now());
      const [oldest] = told;
      if (told.size > most && oldest !== undefined) told.delete(oldest);
    },
    has: async (post) => told.has(post) || (await heard.knows(post)),
    by: async (did) => {
      await (looking ??= lookUp().catch((error: unknown) => {
        looking = undefined;
        throw error;
      }));
      const since = authors.get(did);
      if (since === undefined) return [];
      const prefix = toPostKey(did, "");
      const found = new Set([...told].filter((key) => key.startsWith(prefix)));
      for await (const page of heard.held(since))
        for (const { key } of page) if (key.startsWith(prefix)) found.add(key);
      return [...found].filter((key) => toAddress(key) !== undefined);
    },
  };
}
