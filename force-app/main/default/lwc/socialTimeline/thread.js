/**
 * What the timeline holds of a record's posts and replies: from the newest down to where its pages end, without a hole.
 *
 * @param {string} recordId
 */
export function openThread(recordId) {
  const posts = new Map();
  const replies = new Map();
  let oldestMs = Infinity;
  let isWhole = false;

  /** Whether anything is other than it was. */
  function put(held, rows) {
    const fresh = rows.filter((row) => isOther(held.get(row.id), row));
    for (const row of fresh) held.set(row.id, row);
    return fresh.length > 0;
  }

  return {
    posts: () => [...posts.values()],
    replies: () => [...replies.values()],
    /** The conversations of the record's own posts, the one that moved last first. */
    conversations() {
      const own = [...posts.values()].filter(({ records }) => records.includes(recordId));
      return [...new Set(own.sort((a, b) => b.postedMs - a.postedMs).map(({ conversation }) => conversation))];
    },
    /** From when on it holds all there is. */
    fromMs: () => (isWhole ? 0 : oldestMs),
    /** When the latest change was made that is known of. */
    newestMs: () => latest([...posts.values(), ...replies.values()].map(({ modifiedMs }) => modifiedMs)),
    /** A page that goes on from where the last one ended, or begins anew at the top. */
    addPage({ posts: page, replies: answers, isFirst, isLast }) {
      const last = page.at(-1)?.postedMs ?? oldestMs;
      if (isFirst && !isLast) for (const { id, postedMs } of posts.values()) if (postedMs < last) posts.delete(id);
      oldestMs = isFirst ? last : Math.min(oldestMs, last);
      isWhole = isLast;
      const changes = [put(posts, page), put(replies, answers)];
      return changes.includes(true);
    },
    /**
     * Whether this news, latest change first, leaves nothing out: it is all there is, or goes back to what is known.
     */
    isAllNews: ({ posts: news, hasMore }) =>
      !hasMore || news.some((row) => posts.get(row.id)?.modifiedMs === row.modifiedMs),
    addNews({ posts: news, replies: answers }) {
      const changes = [put(posts, news), put(replies, answers)];
      return changes.includes(true);
    },
    /** What somebody decided about a persona. */
    setIdentity(persona, identity) {
      const theirs = [...posts.values()].filter((post) => post.persona === persona);
      for (const post of theirs) posts.set(post.id, { ...post, author: { ...post.author, identity } });
    },
    /** Posts that belong to those of a page. */
    addRelated: (related) => put(posts, related),
  };
}

function isOther(known, row) {
  if (known === undefined) return true;
  return !(known.modifiedMs > row.modifiedMs) && JSON.stringify(known) !== JSON.stringify(row);
}

function latest(times) {
  return times.reduce((newest, time) => (time > newest ? time : newest), 0);
}
