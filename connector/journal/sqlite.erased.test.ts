import { copyFile, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { openDirectory } from "../../test/fakes/directory.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import type { Journal } from "./journal.ts";
import { openSqliteJournal } from "./sqlite.ts";

const clock = manualClock();

describe("what was erased is in none of the files", () => {
  const secret = (n: number): string => `where is my bag with the red ribbon ${n}.`;

  /** Posts of all lengths, erased in another order than they came. */
  async function fillAndErase(journal: Journal): Promise<void> {
    const posts = Array.from({ length: 300 }, (_, n) => ({
      key: `p/${n}#0`,
      partition: n % 32,
      value: secret(n).repeat(1 + ((n * 7) % 200)),
    }));
    for (let start = 0; start < posts.length; start += 30)
      await journal.append("posts", posts.slice(start, start + 30));
    for (let n = 0; n < posts.length; n++) await journal.erase(`p/${(n * 77) % posts.length}`);
  }

  async function isTextIn(directory: string): Promise<boolean> {
    const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))));
    return files.some((bytes) => bytes.includes("with the red ribbon"));
  }

  test("when the journal is closed", async () => {
    await using directory = await openDirectory();
    const journal = await openSqliteJournal({ file: join(directory.path, "journal.db"), clock });
    await fillAndErase(journal);
    await journal[Symbol.asyncDispose]();
    expect(await isTextIn(directory.path)).toBe(false);
  });

  test("within ten seconds while it is open, also where the process died meanwhile", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    const time = manualClock();
    await using journal = await openSqliteJournal({ file, clock: time });
    await fillAndErase(journal);
    expect(await isTextIn(directory.path)).toBe(true);
    await using copies = await openDirectory();
    for (const end of ["", "-wal"]) await copyFile(`${file}${end}`, join(copies.path, `journal.db${end}`));
    time.advance(10_000);
    await new Promise(setImmediate);
    expect(await isTextIn(directory.path)).toBe(false);

    await using found = await openSqliteJournal({ file: join(copies.path, "journal.db"), clock: time });
    await found.get("any");
    expect(await isTextIn(copies.path)).toBe(true);
    time.advance(10_000);
    await new Promise(setImmediate);
    expect(await isTextIn(copies.path)).toBe(false);
  });

  test("when a visitor erased it", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    await using journal = await openSqliteJournal({ file, clock });
    await using visitor = await openSqliteJournal({ file, clock, visitor: true });
    await fillAndErase(visitor);
    await visitor[Symbol.asyncDispose]();
    expect(await isTextIn(directory.path)).toBe(false);
    expect(await journal.get("any")).toBeUndefined();
  });
});
