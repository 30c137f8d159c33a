import type { Journal } from "../journal/journal.ts";
import type { Heard } from "../sources/heard.ts";

const VERSION = /#\d+$/u;
const EVER = new Date(0).toISOString();

/** What the journal knows of posts: all keys as long as it remembers them, and which posts it still holds. */
export function toHeard(journal: Pick<Journal, "knows" | "since">): Heard {
  return {
    knows: (post) => journal.knows("posts", post),
    async *held(from = EVER) {
      for await (const page of journal.since("posts", from))
        yield page
          .filter(({ key }) => VERSION.test(key))
          .map(({ key, appendedAt }) => ({ key: key.replace(VERSION, ""), at: appendedAt }));
    },
  };
}
