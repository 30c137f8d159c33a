import type { Page } from "../../connector/flow/feed.ts";
import type { Cursor } from "../../connector/model/glossary.ts";
import type { Post, PostEvent } from "../../connector/model/post.ts";
import type { Source } from "../../connector/sources/source.ts";

/** Somebody who takes a feed's pages as `ingest` does, and remembers them. */
export interface Following extends AsyncDisposable {
  readonly pages: readonly Page<PostEvent>[];
  readonly events: readonly PostEvent[];
  readonly posts: readonly Post[];
  /** Where the last page stood. */
  readonly cursor: Cursor | undefined;
  /** Resolves when the feed ends, rejects with what it throws. */
  readonly ended: Promise<void>;
  /** Resolves as soon as it holds after a page; rejects when the feed ends before. */
  until(holds: () => boolean): Promise<void>;
  /** Until so many pages have said until when all was heard. */
  untilConfirmed(count: number): Promise<void>;
  untilPages(hold: (pages: readonly Page<PostEvent>[]) => boolean): Promise<void>;
  untilPosts(count: number): Promise<readonly Post[]>;
  abort(): void;
}

/** `pages`: stop after so many, as if the process had ended there. */
export function follow(
  source: Source,
  feed: string,
  options: { readonly cursor?: Cursor | undefined; readonly pages?: number } = {},
): Following {
  const open = source.feeds[feed];
  if (open === undefined) throw new Error(`The source has no feed ${feed}`);
  const stopping = new AbortController();
  const pages: Page<PostEvent>[] = [];
  let watchers: readonly { readonly check: () => boolean; readonly give: () => void; readonly fail: () => void }[] = [];

  const take = async (): Promise<void> => {
    for await (const page of open(options.cursor, stopping.signal)) {
      pages.push(page);
      watchers = watchers.filter(({ check, give }) => {
        if (!check()) return true;
        give();
        return false;
      });
      if (pages.length === options.pages) return;
    }
  };
  const ended = take().finally(() => {
    for (const { fail } of watchers) fail();
  });
  ended.catch(() => undefined);

  const following: Following = {
    pages,
    get events() {
      return pages.flatMap((page) => page.items);
    },
    get posts() {
      return following.events.flatMap((event) => (event.type === "deleted" ? [] : [event.post]));
    },
    get cursor() {
      return pages.at(-1)?.cursor;
    },
    ended,
    until: (check) =>
      new Promise((resolve, reject) => {
        if (check()) resolve();
        else watchers = [...watchers, { check, give: resolve, fail: () => reject(new Error("The feed has ended")) }];
      }),
    untilConfirmed: (count) =>
      following.until(() => pages.filter((page) => page.heardUntil !== undefined).length >= count),
    untilPages: (hold) => following.until(() => hold(pages)),
    untilPosts: async (count) => {
      await following.until(() => following.posts.length >= count);
      return following.posts;
    },
    abort: () => stopping.abort(),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await ended.catch(() => undefined);
    },
  };
  return following;
}
