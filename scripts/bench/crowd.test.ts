import type { Post } from "../../connector/model/post.ts";
import { defaultRules } from "../../connector/rules/defaults.ts";
import { toTriage } from "../../connector/rules/to-triage.ts";
import { openReader } from "../../connector/understanding/reader.ts";
import { AUTHORS, authors, isFollowUp, toText } from "./crowd.ts";

const numbers = Array.from({ length: 3 * AUTHORS }, (_, n) => n);

function toPost(text: string): Post {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    key: "x:h/2",
    network: "x",
    account: "x:h/0",
    sourceClass: "microblog",
    kind: "mention",
    visibility: "public",
    direction: "inbound",
    author: { key: "x:h/1", network: "x", handle: "traveller", displayName: "Traveller" },
    text,
    version: 0,
    postedAt: at,
    detectedAt: at,
  };
}

test("whatever the crowd says becomes a Case by the default rules", async () => {
  const read = await openReader();
  const left = numbers.map(toText).filter((text) => {
    const post = toPost(text);
    const triage = toTriage(defaultRules, { post, reading: read(post), linked: false, bond: undefined });
    return !triage.needsResponse;
  });
  expect(left).toEqual([]);
});

test("authors begin before they go on, and a fifth of what follows goes on", () => {
  expect(numbers.slice(0, AUTHORS).filter(isFollowUp)).toEqual([]);
  expect(numbers.slice(AUTHORS).filter(isFollowUp)).toHaveLength((2 * AUTHORS) / 5);
});

test("half of the authors are known to the CRM", () => {
  expect(authors.filter(({ known }) => known)).toHaveLength(AUTHORS / 2);
});
