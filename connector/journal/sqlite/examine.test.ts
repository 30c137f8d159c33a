import { open } from "node:fs/promises";
import { join } from "node:path";
import { openDirectory } from "../../../test/fakes/directory.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openSqliteJournal } from "../sqlite.ts";
import { examineFile } from "./examine.ts";
import { isHeld } from "./is-held.ts";

const never = new AbortController().signal;
const clock = manualClock();

const toItems = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}#0`, partition: index % 3, value: "x".repeat(500) }));

test("counts what waits, beside a connector that has the journal open", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  await using journal = await openSqliteJournal({ file, clock });
  await journal.append("posts", toItems(9));
  await journal.append("decisions", toItems(2));
  await journal.put("position/posts/0", JSON.stringify({ seq: 4, epoch: 1 }), 0);
  const state = await examineFile(file, 20_000, never);
  expect(state.faults).toEqual([]);
  expect(state.bytes).toBeGreaterThan(9 * 500);
  // Of the log "decisions" nobody is a reader, and nothing in it waits.
  expect(state.logs).toEqual([
    { log: "decisions", entries: 2, waiting: 0, waitsSince: null },
    { log: "posts", entries: 9, waiting: 7, waitsSince: clock.now() },
  ]);
});

test("a damaged page is found", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  const journal = await openSqliteJournal({ file, clock });
  await journal.append("posts", toItems(400));
  await journal[Symbol.asyncDispose]();
  const handle = await open(file, "r+");
  await handle.write(Buffer.alloc(4096, 0xff), 0, 4096, 30 * 4096);
  await handle.close();
  expect((await examineFile(file, 20_000, never)).faults).not.toEqual([]);
});

test("rejects where there is nothing to look into", async () => {
  await using directory = await openDirectory();
  await expect(examineFile(join(directory.path, "none.db"), 20_000, never)).rejects.toThrow();
});

test("it is held while a connector has it, and not by who visits", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  expect(isHeld(file)).toBe(false);
  const journal = await openSqliteJournal({ file, clock });
  expect(isHeld(file)).toBe(true);
  await journal[Symbol.asyncDispose]();
  await using visitor = await openSqliteJournal({ file, clock, visitor: true });
  expect(isHeld(file)).toBe(false);
  expect(await visitor.get("nothing")).toBeUndefined();
});
