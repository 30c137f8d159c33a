import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openDirectory } from "../../test/fakes/directory.ts";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { fillJournal, handOver, type Left } from "../../test/fakes/moved-journal.ts";
import { toTestPost } from "../../test/fakes/posts.ts";
import type { Copy } from "../journal/copying.ts";
import type { Entry, LogName } from "../journal/journal.ts";
import { openSqliteJournal } from "../journal/sqlite.ts";
import { openSqliteCopy } from "../journal/sqlite/copy.ts";
import { openSqliteOriginal } from "../journal/sqlite/original.ts";
import { toPostPartition } from "../model/partition.ts";
import { toPostEvent } from "../model/post.ts";
import { parseEvent } from "../recorder/parse-event.ts";
import { copyJournal, type Copied } from "./copy-journal.ts";

const LOGS: readonly LogName[] = ["posts", "replies", "changes", "decisions"];
const never = new AbortController().signal;

let clock: ManualClock;
let directory: Awaited<ReturnType<typeof openDirectory>>;
let left: Readonly<Record<LogName, Left>>;
const at = (name: string): string => join(directory.path, name);

let filled: Awaited<ReturnType<typeof openDirectory>>;

beforeAll(async () => {
  clock = manualClock();
  filled = directory = await openDirectory();
  left = await make("from.db", 16);
});
beforeEach(async () => {
  directory = await openDirectory();
  await copyFile(join(filled.path, "from.db"), at("from.db"));
});
afterEach(() => directory[Symbol.asyncDispose]());
afterAll(() => filled[Symbol.asyncDispose]());

async function make(name: string, partitions: number): Promise<Readonly<Record<LogName, Left>>> {
  await using journal = await openSqliteJournal({ file: at(name), clock, partitions });
  return await fillJournal(journal, clock);
}

interface Way {
  readonly from?: string;
  readonly to?: string;
  readonly partitions?: number;
  /** In place of the copy, what a test makes of it. */
  readonly toCopy?: (copy: Copy) => Copy;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, all: number) => void;
}

async function move(way: Way = {}): Promise<Copied> {
  const { from = "from.db", to = "to.db", partitions = 16, signal = never } = way;
  const open = (alone: boolean) => openSqliteOriginal({ file: at(from), alone, rowsAtOnce: 40 });
  await using original = await open(true);
  await using copy = await openSqliteCopy({ file: at(to), rowsAtOnce: 40 });
  const { onProgress = () => undefined } = way;
  const task = { original, copy: way.toCopy?.(copy) ?? copy, partitions, again: () => open(false), onProgress };
  return await copyJournal(task, signal);
}

/** All rows of a journal's file. */
async function dump(name: string) {
  await using original = await openSqliteOriginal({ file: at(name), alone: true });
  const all = async <Row>(pages: AsyncIterable<readonly Row[]>) => {
    const rows: Row[] = [];
    for await (const page of pages) rows.push(...page);
    return rows;
  };
  return {
    partitions: original.partitions,
    lastSeq: original.lastSeq,
    entries: await all(original.entries(0)),
    digests: await all(original.digests(undefined)),
    documents: await all(original.documents("")),
  };
}

async function toFingerprint(name: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(at(name)))
    .digest("hex");
}

function stopAt(stop: AbortController, rows: number): (done: number) => void {
  return (done) => {
    if (done > rows) stop.abort();
  };
}

const keysOf = (entries: readonly Entry[]) => entries.map(({ key }) => key);

describe("a copy with as many partitions", () => {
  test("holds all, but for what says who shares the work now, and the original is what it was", async () => {
    const before = await toFingerprint("from.db");
    await move();
    const { documents, ...original } = await dump("from.db");
    expect(await dump("to.db")).toEqual({
      ...original,
      documents: documents.filter(({ key }) => !/^(share|replica)\//u.test(key)),
    });
    expect(original.entries.length).toBeGreaterThan(300);
    expect(original.digests.length).toBe(50);
    expect(await toFingerprint("from.db")).toBe(before);
  });

  test("is one file, for its owner's eyes only, and the connector goes on with it", async () => {
    await move();
    expect((await readdir(directory.path)).filter((name) => name.startsWith("to"))).toEqual(["to.db"]);
    expect(statSync(at("to.db")).mode & 0o777).toBe(0o600);
    await using journal = await openSqliteJournal({ file: at("to.db"), clock });
    expect(await journal.knows("posts", "past/3")).toBe(true);
    expect((await journal.get("cursor/test:social.example/mentions"))?.value).toBe('{"cursor":"77","gaps":[]}');
    const { lastSeq } = await dump("from.db");
    await journal.append("posts", [{ key: "new", partition: 0, value: "x" }]);
    expect((await journal.find("posts", "new"))?.seq).toBe(lastSeq + 1);
  });

  test("of an empty journal is an empty journal", async () => {
    await (await openSqliteJournal({ file: at("empty.db"), clock, partitions: 4 }))[Symbol.asyncDispose]();
    await move({ from: "empty.db", partitions: 8 });
    expect(await dump("to.db")).toEqual({ partitions: 8, lastSeq: 0, entries: [], digests: [], documents: [] });
  });
});

describe("with another number of partitions", () => {
  test.each([
    [16, 64],
    [16, 4],
    [16, 24],
    [16, 1],
    [6, 16],
  ])("from %i to %i: what waits is handed over once, in order, and nothing else", async (from, to) => {
    const expected = from === 16 ? left : await make("other.db", from);
    await move({ from: from === 16 ? "from.db" : "other.db", partitions: to });
    await using journal = await openSqliteJournal({ file: at("to.db"), clock });
    expect(journal.partitions).toBe(to);
    for (const log of LOGS.slice(0, 3)) {
      const { waiting, tried, parked } = expected[log];
      expect(waiting.length).toBeGreaterThan(20);
      const handed = await handOver(journal, { clock, log, atLeast: waiting.length + parked.size });
      const retried = handed.filter(({ entry }) => parked.has(entry.key));
      const fresh = handed.filter(({ entry }) => !parked.has(entry.key));
      expect(new Set(keysOf(retried.map(({ entry }) => entry)))).toEqual(parked);
      expect(retried).toHaveLength(parked.size);
      expect(keysOf(fresh.map(({ entry }) => entry)).sort()).toEqual([...keysOf(waiting)].sort());
      expect(new Set(keysOf(fresh.filter(({ isRepeated }) => isRepeated).map(({ entry }) => entry)))).toEqual(tried);
      // Each partition of before keeps its order in each of those it went to.
      const place = new Map(fresh.map(({ entry }, index) => [entry.key, { index, partition: entry.partition }]));
      const isBehind = (a: Entry, b: Entry): boolean => {
        const [first, second] = [place.get(a.key), place.get(b.key)];
        return first?.partition !== second?.partition || (first?.index ?? 0) < (second?.index ?? 0);
      };
      for (const partition of new Set(waiting.map((entry) => entry.partition))) {
        const ofOne = waiting.filter((entry) => entry.partition === partition);
        expect(ofOne.every((entry, n) => ofOne.slice(n + 1).every((later) => isBehind(entry, later)))).toBe(true);
      }
    }
  });

  test.each([64, 4, 24])("16 to %i: every post is where it would be put today", async (to) => {
    await move({ partitions: to });
    const original = await dump("from.db");
    const copy = await dump("to.db");
    const trackOf = new Map(original.entries.map(({ log, key, partition }) => [`${log} ${key}`, partition < 16]));
    for (const { log, key, partition, value } of copy.entries) {
      expect(partition).toBeLessThan(2 * to);
      const isUrgent = trackOf.get(`${log} ${key}`) === true;
      if (log === "posts" && value !== "") expect(partition).toBe(toPostPartition(parseEvent(value), isUrgent, to));
    }
    const toText = ({ log, key, value }: (typeof copy.entries)[number]) => `${log} ${key} ${value}`;
    expect(copy.entries.map(toText).sort()).toEqual(original.entries.map(toText).sort());
    expect(copy.digests).toEqual(original.digests);
  });

  test("what comes after it is handed over after it, and looking by time finds all", async () => {
    await move({ partitions: 4 });
    await using journal = await openSqliteJournal({ file: at("to.db"), clock });
    const { waiting, parked } = left.posts;
    await handOver(journal, { clock, log: "posts", atLeast: waiting.length + parked.size });
    const event = toPostEvent(toTestPost("new", "person-1"));
    const partition = toPostPartition(event, true, 4);
    await journal.append("posts", [{ key: event.key, partition, value: JSON.stringify(event) }]);
    const [handed, ...others] = await handOver(journal, { clock, log: "posts", atLeast: 1 });
    expect(others).toEqual([]);
    expect(handed?.entry.key).toBe(event.key);

    const { entries } = await dump("from.db");
    const posts = entries.filter(({ log }) => log === "posts");
    const half = posts[Math.floor(posts.length / 2)]?.appendedAt ?? "";
    const found = new Set<string>();
    for await (const page of journal.since("posts", half)) for (const { key } of page) found.add(key);
    for (const { key, appendedAt } of posts) if (appendedAt >= half) expect(found).toContain(key);
  });

  test("16 to 64 and back is the same again", async () => {
    await move({ to: "wide.db", partitions: 64 });
    await move({ from: "wide.db", partitions: 16 });
    await using journal = await openSqliteJournal({ file: at("to.db"), clock });
    for (const log of LOGS.slice(0, 3)) {
      const { waiting, parked } = left[log];
      const handed = await handOver(journal, { clock, log, atLeast: waiting.length + parked.size });
      expect(keysOf(handed.map(({ entry }) => entry)).sort()).toEqual([...keysOf(waiting), ...parked].sort());
    }
  });
});

describe("whatever ends it on the way, it goes on", () => {
  class Killed extends Error {}

  /** The process dies at its n-th write: before that reaches the disk, or after. */
  function dying(copy: Copy, point: { left: number }, when: "before" | "after"): Copy {
    const write = async (change: () => Promise<void>): Promise<void> => {
      point.left -= 1;
      if (point.left < 0) throw new Killed();
      if (point.left > 0 || when === "after") await change();
      if (point.left === 0) throw new Killed();
    };
    return {
      ...copy,
      get note() {
        return copy.note;
      },
      write: (chunk, note) => write(() => copy.write(chunk, note)),
      finish: (facts) => write(() => copy.finish(facts)),
    };
  }

  test.each([
    ["before", 4],
    ["after", 4],
    ["before", 64],
    ["after", 16],
  ] as const)("killed %s each write in turn, to %i partitions", async (when, partitions) => {
    await move({ to: "whole.db", partitions });
    let kills = 0;
    for (let writes = 1; !existsSync(at("to.db")); writes = writes === 1 ? 2 : 1) {
      const point = { left: writes };
      await move({ partitions, toCopy: (copy) => dying(copy, point, when) }).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        kills += 1;
      });
      // Killed before its first write it would never get anywhere.
      if (when === "before" && writes === 1) expect(existsSync(at("to.db"))).toBe(false);
    }
    expect(kills).toBeGreaterThan(10);
    expect(await dump("to.db")).toEqual(await dump("whole.db"));
  });

  test("stopped by hand as well, and the rows that were done count", async () => {
    const stop = new AbortController();
    const steps: number[] = [];
    const stopped = move({
      signal: stop.signal,
      onProgress: (done) => {
        if (steps.push(done) === 5) stop.abort();
      },
    });
    expect(await stopped).toBe("stopped");
    const reached = steps.at(-1);
    const again: (readonly [number, number])[] = [];
    await move({ onProgress: (done, all) => void again.push([done, all]) });
    expect(again[0]?.[0]).toBe(reached);
    expect(again.at(-1)?.[0]).toBeGreaterThan((again.at(-1)?.[1] ?? 0) - 20);
    expect(await dump("to.db")).toMatchObject({ partitions: 16, entries: (await dump("from.db")).entries });
  });

  test("where the original has gone on meanwhile it begins anew", async () => {
    const stop = new AbortController();
    await move({ signal: stop.signal, onProgress: stopAt(stop, 200) });
    await using journal = await openSqliteJournal({ file: at("from.db"), clock });
    await journal.append("posts", [{ key: "later", partition: 0, value: "" }]);
    await journal[Symbol.asyncDispose]();
    await move();
    expect((await dump("to.db")).entries).toEqual((await dump("from.db")).entries);
  });

  test("with another number of partitions it begins anew", async () => {
    const stop = new AbortController();
    await move({ signal: stop.signal, onProgress: stopAt(stop, 200) });
    await move({ partitions: 4 });
    expect((await dump("to.db")).partitions).toBe(4);
  });
});

describe("nothing is put in place", () => {
  const sneak = (statement: string, name = "to.db.copying") => {
    const db = new DatabaseSync(at(name));
    db.exec(statement);
    db.close();
  };

  test.each([
    ["an entry says something else", "UPDATE entry SET value = 'x' WHERE seq = (SELECT min(seq) FROM entry)"],
    ["an entry lies elsewhere", "UPDATE entry SET partition = 1 - partition WHERE partition < 2"],
    ["an entry is missing", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"],
    ["a digest is missing", "DELETE FROM seen WHERE digest = (SELECT min(digest) FROM seen)"],
    ["a document is another", "UPDATE document SET value = '{}' WHERE key = 'reply/row/1'"],
  ])("where %s than was written; called again, it is made anew", async (_name, statement) => {
    const toCopy = (copy: Copy): Copy => ({
      ...copy,
      get note() {
        return copy.note;
      },
      write: async (chunk, note) => {
        await copy.write(chunk, note);
        if (note.includes('"check"')) sneak(statement);
      },
    });
    await expect(move({ toCopy })).rejects.toThrow(/was not what was written there: nothing was put in place/u);
    expect(existsSync(at("to.db"))).toBe(false);
    await move();
    expect((await dump("to.db")).entries).toEqual((await dump("from.db")).entries);
  });

  test("where the original has changed before the end", async () => {
    const toCopy = (copy: Copy): Copy => ({
      ...copy,
      get note() {
        return copy.note;
      },
      write: async (chunk, note) => {
        await copy.write(chunk, note);
        const visit = "INSERT INTO document (key, value, revision) VALUES ('reply/row/2', '{}', 1)";
        if (note.includes('"check"')) sneak(visit, "from.db");
      },
    });
    await expect(move({ toCopy })).rejects.toThrow(/has changed while it was copied: stop what works there/u);
    expect(existsSync(at("to.db"))).toBe(false);
  });

  test("where a connector has the original open, nor does one open it meanwhile", async () => {
    const connector = await openSqliteJournal({ file: at("from.db"), clock });
    await expect(move()).rejects.toThrow(/A connector has the journal .*from\.db open\. Stop it/u);
    await connector[Symbol.asyncDispose]();
    await using original = await openSqliteOriginal({ file: at("from.db"), alone: true });
    await expect(openSqliteJournal({ file: at("from.db"), clock })).rejects.toThrow(/open/u);
    expect(original.place).toBe(at("from.db"));
  });

  test("where something else is there, and no connector begins a journal there meanwhile", async () => {
    await writeFile(at("letter.db"), "Dear diary");
    await expect(move({ to: "letter.db" })).rejects.toThrow(/There is a file .*letter\.db already/u);
    expect(await readFile(at("letter.db"), "utf8")).toBe("Dear diary");
    await writeFile(at("to.db.copying"), "Dear diary, ".repeat(1000));
    await expect(move()).rejects.toThrow(/to\.db\.copying is not a journal/u);
    const foreign = new DatabaseSync(at("other.db.copying"));
    foreign.exec("CREATE TABLE photos (name TEXT)");
    foreign.close();
    await expect(move({ to: "other.db" })).rejects.toThrow(/is no copy that was begun here/u);
    await using copy = await openSqliteCopy({ file: at("third.db") });
    await expect(openSqliteJournal({ file: at("third.db"), clock })).rejects.toThrow(/open/u);
    expect(copy.note).toBeUndefined();
  });

  test("where a copy of another journal was begun", async () => {
    const stop = new AbortController();
    await move({ signal: stop.signal, onProgress: stopAt(stop, 100) });
    await make("other.db", 4);
    await expect(move({ from: "other.db" })).rejects.toThrow(/a copy of .*from\.db was begun, .* Name another place/u);
    await move();
    expect(existsSync(at("to.db"))).toBe(true);
  });

  test("and no connector takes a half-done copy for a journal", async () => {
    const stop = new AbortController();
    await move({ signal: stop.signal, onProgress: stopAt(stop, 100) });
    await expect(openSqliteJournal({ file: at("to.db.copying"), clock })).rejects.toThrow(/but not a journal/u);
  });
});

test("what was erased is in no byte of the copy", async () => {
  const secret = "with the red ribbon";
  {
    await using journal = await openSqliteJournal({ file: at("from.db"), clock });
    const posts = Array.from({ length: 100 }, (_, n) => ({
      key: `p/${n}#0`,
      partition: n % 32,
      value: secret.repeat(n),
    }));
    await journal.append("posts", posts);
    // Held open beside it, the write-ahead log of the original keeps its former pages.
    await using reader = await openSqliteOriginal({ file: at("from.db"), alone: false });
    expect(reader.counts.entries).toBeGreaterThan(100);
    for (const { key } of posts) await journal.erase(key);
    await using original = await openSqliteOriginal({ file: at("from.db"), alone: false });
    await using copy = await openSqliteCopy({ file: at("to.db") });
    await copyJournal({ original, copy, partitions: 16, onProgress: () => undefined }, never);
  }
  expect((await readFile(at("to.db"))).includes(secret)).toBe(false);
  expect((await dump("to.db")).entries.filter(({ key }) => key.startsWith("p/"))).toHaveLength(100);
});
