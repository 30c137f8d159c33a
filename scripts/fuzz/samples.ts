import type { Chance } from "./random.ts";

const author = { id: "c-7", handle: "@ann", name: "Ann Lee", profileUrl: "https://shop.example/u/7" };
const at = "2026-03-02T08:30:00+00:00";

/** Events as they should be, one of each sort and with each member somewhere. */
const EVENTS: readonly [object, ...object[]] = [
  { type: "posted", id: "r1", kind: "review", postedAt: at, text: "Late again 😡", author, url: "https://r.example/1" },
  { type: "posted", id: "s1", kind: "review", sourceClass: "offline", postedAt: at, text: "Rude crew", author },
  {
    type: "posted",
    id: "m1",
    kind: "message",
    postedAt: at,
    text: "A seat?",
    author,
    conversation: "c1",
    language: "en",
  },
  { type: "posted", id: "m2", kind: "message", postedAt: at, text: "Yes.", direction: "outbound", parent: "m1" },
  {
    type: "posted",
    id: "c1",
    kind: "signal",
    postedAt: at,
    author,
    signal: { name: "cart", facts: { eur: 12.5, new: true } },
  },
  {
    type: "posted",
    id: "n1",
    kind: "mention",
    postedAt: at,
    text: "@us hi",
    author,
    network: "forum",
    visibility: "public",
  },
  {
    type: "posted",
    id: "p1",
    kind: "comment",
    postedAt: at,
    text: "look",
    author: { ...author, avatarUrl: "https://a.example/7.png" },
    media: [{ url: "https://m.example/1.jpg", kind: "image", description: "A bag" }],
  },
  { type: "edited", id: "r1", kind: "review", postedAt: at, editedAt: at, text: "Late, but sorry", author },
  { type: "deleted", id: "r1", at },
  { type: "heard-until", at, from: "2026-03-01T00:00:00Z" },
];

/** A body that nothing is wrong with. */
export function toBody(chance: Chance): { events: object[] } {
  return { events: Array.from({ length: 1 + chance.below(4) }, () => chance.pick(EVENTS)) };
}
