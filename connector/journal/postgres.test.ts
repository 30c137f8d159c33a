import { journalContract } from "../../test/contracts/journal.ts";
import { entries, readAll, readKeys, readPages } from "../../test/contracts/journal/reading.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openPostgresPlace } from "../../test/fakes/postgres.ts";
import { until } from "../../test/fakes/until.ts";
import type { Entry } from "./journal.ts";
import { openPostgresJournal } from "./postgres.ts";

const clock = manualClock();

journalContract(async () => {
  const place = await openPostgresPlace();
  return {
    open: (clock) => openPostgresJournal({ url: place.url, clock }),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

describe("several connectors on one journal", () => {
  test("may start at once: they make one, with the partitions of the first", async () => {
    await using place = await openPostgresPlace();
    const opened = await Promise.all(
      [5, 6, 7, 8].map((partitions) => openPostgresJournal({ url: place.url, clock, partitions })),
    );
    const numbers = new Set(opened.map((journal) => journal.partitions));
    expect(numbers.size).toBe(1);
    expect(opened.every((journal) => journal.isShared)).toBe(true);
    await Promise.all(opened.map((journal) => journal[Symbol.asyncDispose]()));
    await using later = await openPostgresJournal({ url: place.url, clock, partitions: 99 });
    expect(later.partitions).toBe([...numbers][0]);
    await expect(later.append("posts", entries(2 * later.partitions, "a"))).rejects.toThrow(RangeError);
  });

  test("append to one partition side by side: whoever follows it gets all, in the order of their seqs", async () => {
    await using place = await openPostgresPlace();
    await using one = await openPostgresJournal({ url: place.url, clock });
    await using other = await openPostgresJournal({ url: place.url, clock });
    const stop = new AbortController();
    const followed: Entry[] = [];
    const following = (async () => {
      for await (const page of one.tail("posts", 0, 0, 7, stop.signal)) {
        followed.push(...page);
        if (followed.length >= 200) stop.abort();
      }
    })();
    const append = async (journal: typeof one, name: string): Promise<void> => {
      for (let n = 0; n < 25; n++) {
        await journal.append("posts", [
          ...entries(0, `${name}${n}`),
          ...entries(n % 3, `${name}${n}/b`),
          ...entries(0, `${name}${n}/c`, `${name}${n}/d`, `${n}/same`),
        ]);
        clock.advance(25);
      }
    };
    await Promise.all([append(one, "x"), append(other, "y"), append(one, "z")]);
    clock.advance(1000);
    await following;
    const all = await readAll(other, "posts", 0);
    expect(followed).toEqual(all.slice(0, followed.length));
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  });

  test("a later seq waits for an earlier one that is not committed yet", async () => {
    await using place = await openPostgresPlace();
    await using journal = await openPostgresJournal({ url: place.url, clock });
    await place.query("BEGIN");
    await place.query("SELECT $schema.append('{posts}', '{0}', '{late}', '{x}', now())");
    const appended = journal.append("posts", entries(0, "next"));
    const elsewhere = readPages(journal, { partition: 1, after: 0, max: 10 }, 1);
    await untilFound(place, "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'");
    expect(await readKeys(journal, "posts", 0)).toEqual([]);
    await place.query("COMMIT");
    await appended;
    expect(await readKeys(journal, "posts", 0)).toEqual(["late", "next"]);
    await journal.append("posts", entries(1, "other partition"));
    await elsewhere;
  });

  test("a key that is being trimmed is not appended anew", async () => {
    await using place = await openPostgresPlace();
    await using journal = await openPostgresJournal({ url: place.url, clock });
    await journal.append("posts", entries(0, "a"));
    await place.query("BEGIN");
    await place.query("SELECT $schema.trim('posts', now() + interval '1 year', 0, 1000, 10)");
    const appended = journal.append("posts", entries(0, "a"));
    await untilFound(place, "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'");
    await place.query("COMMIT");
    await appended;
    expect(await readKeys(journal, "posts", 0)).toEqual([]);
  });

  test("hear of each other's news at once", async () => {
    await using place = await openPostgresPlace();
    const still = manualClock();
    await using reader = await openPostgresJournal({ url: place.url, clock: still });
    await using writer = await openPostgresJournal({ url: place.url, clock: still });
    await untilFound(place, "SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%' || '$schema' || '%' OFFSET 1");
    const news = readPages(reader, { partition: 3, after: 0, max: 10 }, 1);
    await readAll(reader, "posts", 3);
    await writer.append("posts", entries(3, "a"));
    expect((await news).flat()).toMatchObject([{ key: "a" }]);
    expect(still.monotonicMs()).toBe(0);
  });

  test("hear of a visitor's news within a second", async () => {
    await using place = await openPostgresPlace();
    const time = manualClock();
    await using reader = await openPostgresJournal({ url: place.url, clock: time });
    await using visitor = await openPostgresJournal({ url: place.url, clock: time, visitor: true });
    let isHeard = false;
    const news = readPages(reader, { partition: 3, after: 0, max: 10 }, 1).finally(() => (isHeard = true));
    await readAll(reader, "posts", 3);
    await visitor.append("posts", entries(3, "a"));
    time.advance(1000);
    await until(() => isHeard);
    expect((await news).flat()).toMatchObject([{ key: "a" }]);
  });

  test("write one document, of which one wins", async () => {
    await using place = await openPostgresPlace();
    await using one = await openPostgresJournal({ url: place.url, clock });
    await using other = await openPostgresJournal({ url: place.url, clock });
    for (const revision of [0, 1, 2, 3]) {
      const racers = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : other).put("d", `racer ${n}`, revision));
      const results = await Promise.all(racers);
      expect(results.filter((result) => result !== undefined)).toEqual([revision + 1]);
    }
  });
});

test("a listing sees what its own process writes ahead of it, over many pages", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock });
  const toKey = (n: number): string => `d/${String(n).padStart(4, "0")}`;
  await Promise.all(Array.from({ length: 450 }, (_, n) => journal.put(toKey(n), "x", 0)));
  await Promise.all(["c", "d", "d0", "e/1"].map((key) => journal.put(key, "x", 0)));
  const listed: string[] = [];
  for await (const { key, revision } of journal.list("d/")) {
    listed.push(key);
    await journal.remove(key, revision);
    if (listed.length === 100) await journal.remove(toKey(150), 1);
    if (listed.length === 120) await journal.put("d/0130/new", "x", 0);
  }
  const expected = Array.from({ length: 450 }, (_, n) => toKey(n)).filter((key) => key !== toKey(150));
  expect(listed).toEqual([...expected, "d/0130/new"].sort());
  const left: string[] = [];
  for await (const { key } of journal.list("")) left.push(key);
  expect(left).toEqual(["c", "d", "d0", "e/1"]);
});

test("one who asks for what cannot be stored fails alone", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock });
  const [bad, good, alsoBad] = await Promise.allSettled([
    journal.append("posts", [{ key: "a", partition: 0, value: "\0" }]),
    journal.append("posts", entries(0, "b")),
    journal.put("d", "\0", 0),
  ]);
  expect([bad.status, good.status, alsoBad.status]).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(await readKeys(journal, "posts", 0)).toEqual(["b"]);
});

async function untilFound(place: { query(text: string): Promise<readonly unknown[]> }, query: string): Promise<void> {
  while ((await place.query(query)).length === 0) await new Promise(setImmediate);
}
