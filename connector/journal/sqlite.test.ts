import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { journalContract } from "../../test/contracts/journal.ts";
import { readAll } from "../../test/contracts/journal/reading.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openDirectory } from "../../test/fakes/directory.ts";
import { Misconfigured } from "../errors.ts";
import { openSqliteJournal } from "./sqlite.ts";
import { isHeld } from "./sqlite/is-held.ts";

const clock = manualClock();

journalContract(async () => {
  const directory = await openDirectory();
  return {
    open: (clock) => openSqliteJournal({ file: join(directory.path, "journal.db"), clock }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
});

describe("the file belongs to one connector", () => {
  test("another process cannot open it until the first one dies", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    await using owner = startProcess(file);
    await owner.opened();
    await expect(openSqliteJournal({ file, clock })).rejects.toThrow(/Another connector has the journal .* open/);
    await owner.kill();
    await using journal = await openSqliteJournal({ file, clock });
    expect(await journal.put("d", "x", 0)).toBe(1);
  });

  test("by whatever name it is called", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    const link = join(directory.path, "link.db");
    await (await openSqliteJournal({ file, clock }))[Symbol.asyncDispose]();
    await symlink(file, link);
    await using owner = await openSqliteJournal({ file, clock });
    await expect(openSqliteJournal({ file: link, clock })).rejects.toThrow(/Another connector has the journal/);
    expect(isHeld(link)).toBe(true);
    expect(await owner.get("d")).toBeUndefined();
  });

  test("and its directory, where it is made, to the connector's user alone", async () => {
    await using directory = await openDirectory();
    const journal = await openSqliteJournal({ file: join(directory.path, "own", "journal.db"), clock });
    await journal[Symbol.asyncDispose]();
    expect((await stat(join(directory.path, "own"))).mode & 0o777).toBe(0o700);
  });

  test("nor can the same process, until it has closed it", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "deep", "er", "journal.db");
    const first = await openSqliteJournal({ file, clock });
    await expect(openSqliteJournal({ file, clock })).rejects.toThrow(Misconfigured);
    await first[Symbol.asyncDispose]();
    await using second = await openSqliteJournal({ file, clock });
    expect(await second.get("d")).toBeUndefined();
  });
});

test("a killed process loses nothing that was acknowledged, and leaves no batch in part", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  let acknowledged = -1;
  await using writer = startProcess(file, "write");
  for await (const line of writer.lines) {
    if (line !== "open") acknowledged = Number(line);
    if (acknowledged === 60) void writer.kill();
  }

  await using journal = await openSqliteJournal({ file, clock });
  const keys = (await readAll(journal, "posts", 0)).map((entry) => entry.key);
  expect(acknowledged).toBeGreaterThanOrEqual(60);
  expect(keys.length).toBeGreaterThanOrEqual((acknowledged + 1) * 20);
  expect(keys).toEqual(keys.map((_, index) => `${Math.floor(index / 20)}/${index % 20}`));
  expect(keys.length % 20).toBe(0);
  expect(await journal.get(`batch/${acknowledged}`)).toBeDefined();
});

describe("a visitor beside the connector", () => {
  test("appends and writes while the journal is open, and its news come within a second", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    const time = manualClock();
    await using journal = await openSqliteJournal({ file, clock: time });
    const stop = new AbortController();
    const tail = journal.tail("posts", 0, 0, 10, stop.signal)[Symbol.asyncIterator]();
    const news = tail.next();
    await using visitor = startProcess(file, "visit");
    for await (const line of visitor.lines) if (line === "done") break;
    time.advance(1000);
    expect((await news).value).toMatchObject([{ key: "visited" }]);
    expect((await journal.get("visited"))?.value).toBe("x");
    stop.abort();
  });

  test("takes no lock from a connector that starts later", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    await (await openSqliteJournal({ file, clock }))[Symbol.asyncDispose]();
    await using visitor = await openSqliteJournal({ file, clock, visitor: true });
    await using journal = await openSqliteJournal({ file, clock });
    await visitor.append("posts", [{ key: "a", partition: 31, value: "x" }]);
    expect(await journal.find("posts", "a")).toMatchObject({ partition: 31 });
  });

  test("makes no journal where there is none", async () => {
    await using directory = await openDirectory();
    const file = join(directory.path, "journal.db");
    await expect(openSqliteJournal({ file, clock, visitor: true })).rejects.toThrow(
      /no journal .* yet. Start the connector/,
    );
    expect(await readdir(directory.path)).toEqual([]);
  });

  test("is told whether there is none, or none that it may see", async () => {
    await using directory = await openDirectory();
    const refusal = (file: string): Promise<unknown> => openSqliteJournal({ file, clock, visitor: true }).catch(String);
    expect(await refusal(directory.path)).toMatch(/is a folder. Name the journal's file in it/);
    await writeFile(join(directory.path, "file"), "");
    expect(await refusal(join(directory.path, "file", "journal.db"))).toMatch(/out of reach. Run this as the user/);
  });
});

test("calls of one turn share a transaction", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  await using journal = await openSqliteJournal({ file, clock });
  const pagesBefore = await countLogFrames(file);
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => journal.append("posts", [{ key: `k${index}`, partition: 0, value: "x" }])),
  );
  // One by one they would write each changed page of the tables anew: hundreds of frames.
  expect((await countLogFrames(file)) - pagesBefore).toBeLessThan(20);
  expect(await readAll(journal, "posts", 0)).toHaveLength(50);
});

test("the number of partitions is that which the journal was made with", async () => {
  await using directory = await openDirectory();
  const file = join(directory.path, "journal.db");
  await (await openSqliteJournal({ file, clock, partitions: 64 }))[Symbol.asyncDispose]();
  await using journal = await openSqliteJournal({ file, clock, partitions: 4 });
  expect(journal.partitions).toBe(64);
  await journal.append("posts", [{ key: "a", partition: 127, value: "x" }]);
  await expect(journal.append("posts", [{ key: "b", partition: 128, value: "x" }])).rejects.toThrow(RangeError);
});

describe("a file that cannot be the journal is refused in words", () => {
  async function refusal(prepare: (file: string) => Promise<void>, name = "journal.db"): Promise<string> {
    await using directory = await openDirectory();
    const file = join(directory.path, name);
    await prepare(file);
    const opening = openSqliteJournal({ file, clock });
    await expect(opening).rejects.toThrow(Misconfigured);
    // What refused it must not keep it locked either.
    await expect(openSqliteJournal({ file, clock })).rejects.not.toThrow("Another connector");
    return await opening.then(String, String);
  }

  test("of a newer format", async () => {
    expect(await refusal((file) => change(file, "PRAGMA user_version = 99"))).toMatch(/newer Earshot \(format 99/);
  });

  test("another program's database", async () => {
    const foreign = (file: string): Promise<void> => withDatabase(file, "CREATE TABLE photos (name TEXT)");
    expect(await refusal(foreign)).toMatch(/a database, but not a journal/);
  });

  test("where a copy is not whole: no new journal takes its place", async () => {
    const halfDone = (file: string): Promise<void> => writeFile(`${file}.copying`, "");
    expect(await refusal(halfDone)).toMatch(/holds a copy that is not whole: .*call earshot migrate-journal again/);
  });

  test("not a database", async () => {
    expect(await refusal((file) => writeFile(file, "Dear diary, ".repeat(1000)))).toMatch(/is not a journal/);
  });

  test("cut short", async () => {
    const cut = async (file: string): Promise<void> => {
      await change(file, "SELECT 1");
      await writeFile(file, (await readFile(file)).subarray(0, 5000));
    };
    expect(await refusal(cut)).toMatch(/is damaged/);
  });

  test("in a place that is no directory", async () => {
    const inFile = (file: string): Promise<void> => writeFile(join(file, ".."), "");
    expect(await refusal(inFile, "file/journal.db")).toMatch(/directory .* cannot be made/);
  });
});

/** Makes a journal, closes it, and changes its file behind its back. */
async function change(file: string, statement: string): Promise<void> {
  await (await openSqliteJournal({ file, clock }))[Symbol.asyncDispose]();
  await withDatabase(file, statement);
}

function withDatabase(file: string, statement: string): Promise<void> {
  const db = new DatabaseSync(file);
  db.exec(statement);
  db.close();
  return Promise.resolve();
}

async function countLogFrames(file: string): Promise<number> {
  return (await readFile(`${file}-wal`)).length / 4120;
}

/** A process that has a journal open until it is killed. */
function startProcess(file: string, ...args: readonly string[]): JournalProcess {
  const program = join(import.meta.dirname, "../../test/fakes/journal-process.ts");
  const command = ["--no-warnings", program, file, ...args];
  const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return {
    lines: createInterface(child.stdout),
    opened: async () => {
      await once(child.stdout, "data");
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

interface JournalProcess extends AsyncDisposable {
  readonly lines: AsyncIterable<string>;
  opened(): Promise<void>;
  kill(): Promise<void>;
}
