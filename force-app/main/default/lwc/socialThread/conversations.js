/**
 * Puts posts and our replies into conversations, as the timeline shows them. A conversation reads downwards from its oldest
 * item; the one that moved last stands first.
 *
 * - A sent reply and the outbound post that it became are one item: the post's place and words, the reply's sender and state.
 * - On a Case all posts of its conversations show; what strangers said there is marked `isContext`.
 * - Elsewhere only the record's own posts show, with our posts that they answer or that answer them.
 *
 * @param {object} given
 * @param {object[]} given.posts from `toPost`; a post may come twice
 * @param {object[]} given.replies from `toReply`
 * @param {string} given.recordId
 * @param {boolean} given.isWhole whether other people's posts show, too
 * @returns {{ key: string, isPrivate: boolean, network: string, partner: string, latestMs: number, items: object[] }[]}
 */
export function toConversations({ posts, replies, recordId, isWhole }) {
  const unique = [...new Map(posts.map((post) => [post.id, post])).values()];
  const shown = isWhole ? unique : withoutStrangers(unique, replies, recordId);
  const byConversation = new Map();
  for (const item of [...toSaid(shown, replies, recordId), ...toUnsent(shown, replies)]) {
    byConversation.set(item.conversation, [...(byConversation.get(item.conversation) ?? []), item]);
  }
  return [...byConversation]
    .map(([key, items]) => toConversation(key, items))
    .sort((a, b) => b.latestMs - a.latestMs || a.key.localeCompare(b.key));
}

function withoutStrangers(posts, replies, recordId) {
  const own = posts.filter((post) => post.records.includes(recordId));
  const keys = new Set(own.map((post) => post.key));
  const parents = new Set(own.map((post) => post.parent));
  const ids = new Set(own.map((post) => post.id));
  const ours = new Set(replies.filter((reply) => ids.has(reply.post)).map((reply) => reply.sentPostKey));
  const belongs = (post) => keys.has(post.parent) || parents.has(post.key) || ours.has(post.key);
  return posts.filter((post) => ids.has(post.id) || (post.isOutbound && belongs(post)));
}

/** What was said on the network. Who has a post on the record is no stranger in another one. */
function toSaid(posts, replies, recordId) {
  const replyOf = new Map(replies.map((reply) => [reply.sentPostKey, reply]));
  const isOwn = (post) => post.records.includes(recordId);
  const personas = new Set(posts.filter(isOwn).map((post) => post.persona));
  return posts.map((post) => ({
    ...post,
    atMs: post.postedMs,
    isContext: !post.isOutbound && !isOwn(post) && !personas.has(post.persona),
    reply: post.key ? replyOf.get(post.key) : undefined,
  }));
}

/** What we were asked to say and what is not among the posts, yet. */
function toUnsent(posts, replies) {
  const postById = new Map(posts.map((post) => [post.id, post]));
  const keys = new Set(posts.map((post) => post.key));
  return replies
    .filter((reply) => postById.has(reply.post) && !(reply.sentPostKey && keys.has(reply.sentPostKey)))
    .map((reply) => ({
      id: reply.id,
      conversation: postById.get(reply.post).conversation,
      isOutbound: true,
      isPrivate: reply.isPrivate,
      isHidden: reply.isHidden,
      isContext: false,
      text: reply.text,
      network: reply.network ?? postById.get(reply.post).network,
      // The org stamps in whole seconds: an answer must not stand before what it answers.
      atMs: Math.max(reply.createdMs, postById.get(reply.post).postedMs + 1),
      arrivedMs: reply.createdMs,
      account: reply.account ?? postById.get(reply.post).account,
      author: {},
      reply,
    }));
}

function toConversation(key, items) {
  const sorted = [...items].sort((a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id));
  const partner = sorted.find((item) => !item.isOutbound && !item.isContext) ?? sorted.find((item) => !item.isOutbound);
  return {
    key,
    isPrivate: sorted.every((item) => item.isPrivate),
    network: sorted[0].network,
    partner: partner?.author.handle ?? "",
    latestMs: sorted.at(-1).atMs,
    items: sorted,
  };
}
