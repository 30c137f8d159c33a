import { manualClock } from "../../test/fakes/manual-clock.ts";
import { toTestPost } from "../../test/fakes/posts.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { toPostEvent } from "../model/post.ts";
import { eraseDeletedText, eraseReplacedText } from "./erase-text.ts";
import { forgetPrints, keepPrints, recallSaid } from "./former-prints.ts";

const NOW = "2026-03-01T10:00:00.000Z";
const first = toTestPost("1", "anna", { text: "my password is hunter2, do not tell anybody" });
const second = { ...first, text: "never mind", version: 5 };

let scratch: ScratchJournal;
beforeEach(async () => {
  scratch = await openScratchJournal(manualClock(NOW));
  for (const event of [first, second].map((post) => toPostEvent(post)))
    await scratch.journal.append("posts", [{ key: event.key, partition: 0, value: JSON.stringify(event) }]);
});
afterEach(() => scratch[Symbol.asyncDispose]());

const recalled = async () => (await recallSaid(scratch.journal, [first.key, "test:nobody"])).get(first.key) ?? [];
const replace = () =>
  eraseReplacedText(scratch.journal, second, { dealt: new Set([toPostEvent(first).key]), isShown: true, now: NOW });

test("what a post said is known by its words, and when an edit took them by what is left of them", async () => {
  expect(await recalled()).toMatchObject([{ version: 0, isPublic: true, words: first.text }, { words: "never mind" }]);
  for (let time = 0; time < 2; time++) await replace();
  expect(await recalled()).toMatchObject([
    { version: 5, words: "never mind" },
    { version: 0, isPublic: true, words: { salt: expect.any(String) as string } },
  ]);
  expect(JSON.stringify(await recalled())).not.toContain("hunter2");
});

test("of a post that is deleted nothing is left to tell it by", async () => {
  await replace();
  const keys = new Set([first, second].map((post) => toPostEvent(post).key));
  expect(await eraseDeletedText(scratch.journal, first.key, keys)).toBe("text");
  expect(await recalled()).toEqual([]);
});

test("nothing is kept of what the CRM never showed, and what is old is forgotten", async () => {
  const dealt = new Set([toPostEvent(first).key]);
  await eraseReplacedText(scratch.journal, second, { dealt, isShown: false, now: NOW });
  expect(await recalled()).toHaveLength(1);
  await keepPrints(scratch.journal, first, NOW);
  await forgetPrints(scratch.journal, NOW);
  expect(await recalled()).toHaveLength(2);
  await forgetPrints(scratch.journal, "2026-03-01T10:00:01.000Z");
  expect(await recalled()).toHaveLength(1);
});
