import type { IsoTime, Key } from "../model/glossary.ts";

/** A post that was heard, and when. */
export interface HeardPost {
  readonly key: Key;
  readonly at: IsoTime;
}

/** What was heard before and is not forgotten, by whichever account: a source keeps no memory of its own. */
export interface Heard {
  knows(post: Key): Promise<boolean>;
  /** All posts that are still held, in pages, as they were heard, from then on; one may come twice. */
  held(from?: IsoTime): AsyncIterable<readonly HeardPost[]>;
}

/** Nothing: for a source that is only looked at. */
export const NOTHING_HEARD: Heard = {
  knows: () => Promise.resolve(false),
  async *held() {
    // There are none.
  },
};
