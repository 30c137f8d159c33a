import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { Taken, Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { openOwnedDocument } from "./owned-document.ts";

const clock = manualClock();

/** A journal that makes its first put, but whose answer to it is lost. */
function forgetful(journal: Journal): Journal {
  let isFirst = true;
  return {
    ...journal,
    put: async (key, value, revision) => {
      const written = await journal.put(key, value, revision);
      if (!isFirst) return written;
      isFirst = false;
      throw new Unavailable("The answer was lost.");
    },
  };
}

test("a put whose answer was lost may be repeated, and is not taken for another owner's", async () => {
  await using scratch = await openScratchJournal(clock);
  const document = await openOwnedDocument(forgetful(scratch.journal), "d", String);
  await expect(document.put("one")).rejects.toThrow(Unavailable);
  await document.put("one");
  await document.put("two");
  expect(await scratch.journal.get("d")).toEqual({ key: "d", value: '"two"', revision: 2 });
});

test("after a put whose answer was lost another value may be put", async () => {
  await using scratch = await openScratchJournal(clock);
  const document = await openOwnedDocument(forgetful(scratch.journal), "d", String);
  await expect(document.put("one")).rejects.toThrow(Unavailable);
  await document.put("two");
  await document.put("three");
  expect(await scratch.journal.get("d")).toEqual({ key: "d", value: '"three"', revision: 3 });
});

test("another owner is noticed, even one that wrote the very same", async () => {
  await using scratch = await openScratchJournal(clock);
  const document = await openOwnedDocument(scratch.journal, "d", String);
  await document.put("one");
  await scratch.journal.put("d", '"other"', 1);
  await scratch.journal.put("d", '"two"', 2);
  await expect(document.put("two")).rejects.toThrow(Taken);
  expect(document.value).toBe("one");
});
