import type { Feed } from "../flow/feed.ts";
import type { Journal } from "../journal/journal.ts";
import type { Post, PostEvent } from "../model/post.ts";

export interface Wanting {
  readonly journal: Pick<Journal, "knows">;
  readonly isWanted: (post: Post) => boolean;
  /** Told of each event that nobody listens for. */
  readonly onUnwanted: () => void;
}

/** The feed without what nobody listens for. What is in the journal already stays there as it goes on: its edits and its end. */
export function toWanted(feed: Feed<PostEvent>, { journal, isWanted, onUnwanted }: Wanting): Feed<PostEvent> {
  return async function* (cursor, signal) {
    for await (const page of feed(cursor, signal)) {
      const items: PostEvent[] = [];
      for (const event of page.items) {
        if (event.type === "deleted" || isWanted(event.post)) items.push(event);
        else if (event.type === "edited" && (await journal.knows("posts", event.post.key))) items.push(event);
        else onUnwanted();
      }
      yield { ...page, items };
    }
  };
}
