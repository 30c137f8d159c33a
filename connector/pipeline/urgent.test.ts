import { toTestMessage, toTestPost } from "../../test/fakes/posts.ts";
import { toDeletedEvent, toPostEvent, type Post, type PostEvent } from "../model/post.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openReader } from "../understanding/reader.ts";
import { rememberReadings } from "./remember-readings.ts";
import { toUrgent } from "./urgent.ts";

const DAY_MS = 86_400_000;
let isUrgent: (event: PostEvent) => boolean;
beforeAll(async () => {
  isUrgent = toUrgent(await openReader(), () => defaultRules);
});

const complaint = toTestPost("1", "anna");
const detectedAfter = (days: number): string => new Date(Date.parse(complaint.postedAt) + days * DAY_MS).toISOString();

describe("goes first when much is waiting", () => {
  test.each<[string, Post, boolean]>([
    ["a complaint to us", complaint, true],
    ["a private question", toTestMessage("1", "anna"), true],
    ["thanks", toTestPost("1", "anna", { text: "@nordwind thank you, that was great!" }), false],
    ["a stranger's complaint to nobody", toTestPost("1", "anna", { kind: "post" }), false],
    ["our own answer", toTestPost("1", "nordwind", { text: "We are sorry, where is your suitcase?" }), false],
    ["a name alone", toTestPost("1", "anna", { text: "@nordwind" }), false],
    ["what was fetched to read", { ...complaint, context: true, detectedAt: detectedAfter(2) }, false],
    ["a complaint of last week", { ...complaint, detectedAt: detectedAfter(6) }, true],
    ["history", { ...complaint, detectedAt: detectedAfter(8) }, false],
    [
      "history that was edited now",
      { ...complaint, version: Date.parse(detectedAfter(29)), detectedAt: detectedAfter(30) },
      true,
    ],
  ])("%s", (_, post, urgent) => {
    expect(isUrgent(toPostEvent(post))).toBe(urgent);
  });

  test("a deletion", () => {
    expect(isUrgent(toDeletedEvent(complaint.key, complaint.postedAt))).toBe(true);
  });
});

test("a post that was read when it was heard is not read again, as long as it is remembered", async () => {
  const real = await openReader();
  let readings = 0;
  const read = rememberReadings((post) => {
    readings += 1;
    return real(post);
  }, 2);
  const texts = ["one bag", "two bags"].map((text) => ({ text, language: "en" }));
  const first = texts.map(read);
  expect(texts.map(read)).toEqual(first);
  expect(readings).toBe(2);
  read({ text: "three bags", language: "en" });
  read({ text: "one bag", language: "en" });
  expect(readings).toBe(4);
  expect(read({ text: "one bag", language: "de" })).not.toBe(first[0]);
});
