import { toUs } from "./fixtures/us.ts";
import { WirePost } from "./schema.ts";
import { toPost } from "./to-post.ts";

const now = "2026-03-02T09:00:00.000Z";
const us = toUs((text) => (text.includes("luggage") ? ["luggage"] : []));
const anna = {
  persona: { key: "bluesky:did:plc:anna/profile", network: "bluesky", handle: "anna.test", displayName: "Anna" },
  noMessages: undefined,
};

function toTold(record: object, { did = "did:plc:anna", version = 0 } = {}) {
  const wire = WirePost.parse({ text: "hello", createdAt: "2026-03-02T08:59:00Z", ...record });
  return toPost({ did, rkey: "3mcx7zsscl22b", record: wire, version, cid: "bafy1" }, anna, us, now);
}
const toRef = (did: string, rkey: string) => ({ uri: `at://${did}/app.bsky.feed.post/${rkey}`, cid: "bafy" });
const mention = (did: string) => ({
  index: { byteStart: 0, byteEnd: 3 },
  features: [{ $type: "app.bsky.richtext.facet#mention", did }],
});

test("a post is named by who and where, never by a handle", () => {
  expect(toTold({ langs: ["de", "en"], text: "my luggage " })).toMatchObject({
    key: "bluesky:did:plc:anna/3mcx7zsscl22b",
    conversation: "bluesky:did:plc:anna/3mcx7zsscl22b",
    url: "https://bsky.app/profile/did:plc:anna/post/3mcx7zsscl22b",
    kind: "post",
    direction: "inbound",
    text: "my luggage",
    matched: ["luggage"],
    language: "de",
    edition: "bafy1",
    postedAt: "2026-03-02T08:59:00.000Z",
  });
});

const inThread = (root: string, parent: string) => ({ reply: { root: toRef(root, "r"), parent: toRef(parent, "p") } });

test.each([
  ["naming us", { facets: [mention("did:plc:us")] }, "mention"],
  ["naming another", { facets: [mention("did:plc:ben")] }, "post"],
  ["answering us", inThread("did:plc:us", "did:plc:us"), "reply"],
  ["answering another in our thread", inThread("did:plc:us", "did:plc:ben"), "comment"],
  ["quoting us", { embed: { $type: "app.bsky.embed.record", record: toRef("did:plc:us", "q") } }, "mention"],
  [
    "quoting us beside a picture",
    { embed: { record: { record: toRef("did:plc:us", "q") }, media: { images: [] } } },
    "mention",
  ],
])("a post %s is a %s", (_, record, kind) => {
  expect(toTold(record).kind).toBe(kind);
});

test("an answer knows its parent and the root of its thread", () => {
  expect(toTold(inThread("did:plc:us", "did:plc:ben"))).toMatchObject({
    conversation: "bluesky:did:plc:us/r",
    parent: "bluesky:did:plc:ben/p",
  });
});

test("pictures, films and cards come along, and no address but the web's", () => {
  const image = { ref: { $link: "bafyimage" } };
  const embed = {
    media: { images: [{ alt: " a bag ", image }] },
    external: { uri: "javascript:alert(1)", title: "x" },
    record: { record: toRef("did:plc:ben", "q") },
  };
  expect(toTold({ embed }).media).toEqual([
    {
      url: "https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:anna/bafyimage@jpeg",
      kind: "image",
      description: "a bag",
    },
  ]);
  expect(toTold({ embed: { external: { uri: "https://x.example", title: "A card" } } }).media).toEqual([
    { url: "https://x.example", kind: "other", description: "A card" },
  ]);
});

test("odd parts of a record do no harm to the rest", () => {
  const odd = { facets: [7, mention("did:plc:us")], langs: "de", embed: { images: [{ image: 5 }] }, reply: "no" };
  expect(toTold(odd)).toMatchObject({ kind: "mention", text: "hello" });
});
