import type { Key } from "../model/glossary.ts";

/** What was heard before and is not forgotten, by whichever account: a source keeps no memory of its own. */
export interface Heard {
  knows(post: Key): Promise<boolean>;
  /** The keys of all posts that are still held, in pages; one may come twice. */
  keys(): AsyncIterable<readonly Key[]>;
}

/** Nothing: for a source that is only looked at. */
export const NOTHING_HEARD: Heard = {
  knows: () => Promise.resolve(false),
  async *keys() {
    // There are none.
  },
};
