import { mention, us } from "./fixtures/status.ts";
import { WireStatus } from "./schema.ts";
import { toPost } from "./to-post.ts";

const now = "2026-03-02T09:16:00.000Z";
const ours = { ...mention.account, id: "1", username: "nordwind", acct: "nordwind" };

function post(changes: Record<string, unknown> = {}) {
  return toPost(WireStatus.parse({ ...mention, ...changes }), us, now);
}

test("tells a post in our words", () => {
  expect(post()).toEqual({
    key: "mastodon:social.example/115000000000000001",
    network: "mastodon",
    account: "mastodon:social.example/accounts/1",
    sourceClass: "microblog",
    kind: "mention",
    visibility: "public",
    direction: "inbound",
    conversation: "mastodon:social.example/115000000000000001",
    author: {
      key: "mastodon:social.example/accounts/7",
      network: "mastodon",
      handle: "anna@social.example",
      displayName: "Anna Berg ✈",
      profileUrl: "https://social.example/@anna",
      avatarUrl: "https://social.example/avatars/anna.png",
      followers: 120,
    },
    text: "@nordwind my bag is lost luggage now",
    version: 0,
    postedAt: "2026-03-02T09:15:30.000Z",
    detectedAt: now,
    url: "https://social.example/@anna/115000000000000001",
    language: "en",
    mentions: ["mastodon:social.example/accounts/1"],
    matched: ["lost luggage"],
  });
});

const others = [{ id: "9", acct: "ben" }];
const direct = { visibility: "direct" };
const exchange = "mastodon:social.example/private/1/7";

test.each([
  { title: "a mention", wire: {}, kind: "mention", visibility: "public" },
  { title: "an unlisted mention", wire: { visibility: "unlisted" }, kind: "mention", visibility: "public" },
  { title: "a mention for followers only", wire: { visibility: "private" }, kind: "mention", visibility: "private" },
  { title: "a post that names others", wire: { mentions: others }, kind: "post", visibility: "public" },
  {
    title: "an answer to us",
    wire: { in_reply_to_id: "5", in_reply_to_account_id: "1" },
    kind: "reply",
    visibility: "public",
  },
  {
    title: "an answer to others that names us",
    wire: { in_reply_to_id: "5", in_reply_to_account_id: "9" },
    kind: "mention",
    visibility: "public",
  },
  {
    title: "a comment in a thread",
    wire: { in_reply_to_id: "5", in_reply_to_account_id: "9", mentions: others },
    kind: "comment",
    visibility: "public",
  },
  { title: "a private message", wire: direct, kind: "message", visibility: "private" },
  { title: "a post of ours", wire: { account: ours, mentions: others }, kind: "post", visibility: "public" },
  { title: "an answer of ours", wire: { account: ours, in_reply_to_id: "5" }, kind: "reply", visibility: "public" },
])("knows $title", ({ wire, kind, visibility }) => {
  expect(post(wire)).toMatchObject({ kind, visibility });
});

test.each([
  { title: "a root is its own conversation", wire: {}, conversation: "mastodon:social.example/115000000000000001" },
  { title: "an answer's root is not known yet", wire: { in_reply_to_id: "5" }, conversation: undefined },
  { title: "a message belongs to the exchange with its author", wire: direct, conversation: exchange },
  {
    title: "our message belongs to the exchange with whom it answers",
    wire: { ...direct, account: ours, in_reply_to_id: "5", in_reply_to_account_id: "7", mentions: others },
    conversation: exchange,
  },
  {
    title: "our first message belongs to the exchange with whom it names",
    wire: {
      ...direct,
      account: ours,
      mentions: [
        { id: "1", acct: "nordwind" },
        { id: "7", acct: "anna" },
      ],
    },
    conversation: exchange,
  },
  { title: "a message to nobody has none", wire: { ...direct, account: ours, mentions: [] }, conversation: undefined },
])("$title", ({ wire, conversation }) => {
  expect(post(wire).conversation).toBe(conversation);
});

test("names people of other instances in full, and by their username where they show no name", () => {
  const account = { id: "8", username: "cleo", acct: "cleo@elsewhere.example", display_name: "\u0000 \n" };
  expect(post({ account }).author).toEqual({
    key: "mastodon:social.example/accounts/8",
    network: "mastodon",
    handle: "cleo@elsewhere.example",
    displayName: "cleo",
  });
});

test("counts an edit by its time", () => {
  expect(post({ edited_at: "2026-03-02T09:20:00.500Z" }).version).toBe(Date.UTC(2026, 2, 2, 9, 20, 0, 500));
});

test("shows the content warning before the words, and the choices of a poll after them", () => {
  const poll = { options: [{ title: "Window" }, { title: "Aisle" }] };
  const { text } = post({ spoiler_text: "Rant &amp; tears", content: "<p>Which :seat:?</p>", poll });
  expect(text).toBe("Rant &amp; tears\n\nWhich :seat:?\n\n- Window\n- Aisle");
});

test("keeps media that have an address of the web", () => {
  const { media, url, author } = post({
    url: "javascript:alert(1)",
    account: { ...mention.account, url: "data:text/html,x", avatar: "not an address" },
    media_attachments: [
      { type: "image", url: "https://m.example/1.jpg", description: "A torn bag" },
      { type: "gifv", url: "https://m.example/2.mp4", description: null },
      { type: "unknown", url: "https://m.example/3" },
      { type: "image", url: null },
      { type: "image", url: "file:///etc/passwd" },
    ],
  });
  expect(media).toEqual([
    { url: "https://m.example/1.jpg", kind: "image", description: "A torn bag" },
    { url: "https://m.example/2.mp4", kind: "video" },
    { url: "https://m.example/3", kind: "other" },
  ]);
  expect(url).toBeUndefined();
  expect([author.profileUrl, author.avatarUrl]).toEqual([undefined, undefined]);
});

test.each([
  { title: "an id", wire: { id: "" } },
  { title: "a time", wire: { created_at: "yesterday" } },
  { title: "an author", wire: { account: { id: "7" } } },
  { title: "a text", wire: { content: null } },
  { title: "a visibility that we know", wire: { visibility: "secret" } },
])("is none without $title", ({ wire }) => {
  expect(WireStatus.safeParse({ ...mention, ...wire }).success).toBe(false);
});
