import { entries, readKeys } from "../../test/contracts/journal/reading.ts";
import { openCutLine } from "../../test/fakes/cut-line.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openPostgresPlace } from "../../test/fakes/postgres.ts";
import type { PostgresPlace } from "../../test/fakes/postgres.ts";
import { DiskTrouble, Unavailable } from "../errors.ts";
import { openPostgresJournal } from "./postgres.ts";

const clock = manualClock();

function withHosts(place: PostgresPlace, toHosts: (real: string) => string): string {
  return place.url.replace(/127\.0\.0\.1:\d+/u, toHosts);
}

const toPort = (place: PostgresPlace): number => Number(new URL(place.url).port);

describe("a write whose answer is lost", () => {
  test("was it made, is answered as made; a removal may be answered as not", async () => {
    await using place = await openPostgresPlace();
    await using line = await openCutLine(toPort(place));
    await using journal = await openPostgresJournal({ url: withHosts(place, () => `127.0.0.1:${line.port}`), clock });
    line.loseAnswerTo("write");
    expect(await journal.put("d", "one", 0)).toBe(1);
    line.loseAnswerTo("write");
    expect(await journal.put("d", "two", 1)).toBe(2);
    expect(await journal.get("d")).toEqual({ key: "d", value: "two", revision: 2 });
    line.loseAnswerTo("append");
    await journal.append("posts", entries(0, "a", "b"));
    expect(await readKeys(journal, "posts", 0)).toEqual(["a", "b"]);
    line.loseAnswerTo("write");
    expect(await journal.remove("d", 2)).toBe(false);
    expect(await journal.get("d")).toBeUndefined();
  });

  test("is asked again for some seconds, as long as nobody answers; then it is known that nobody knows", async () => {
    await using place = await openPostgresPlace();
    await using line = await openCutLine(toPort(place));
    const time = manualClock();
    const told: (string | undefined)[] = [];
    const url = withHosts(place, () => `127.0.0.1:${line.port}`);
    await using journal = await openPostgresJournal({ url, clock: time, onTrouble: (trouble) => told.push(trouble) });
    await place.query("INSERT INTO $schema.document VALUES ('d', 'one', 1, gen_random_uuid())");
    await place.query("BEGIN");
    await place.query("SELECT FROM $schema.document FOR UPDATE");
    const put = journal.put("d", "two", 1);
    const outcome = expect(put).rejects.toThrow(Unavailable);
    await untilFound(place, "SELECT FROM pg_locks WHERE NOT granted");
    await line.cut();
    const over = new AbortController();
    void outcome.finally(() => over.abort());
    while (!over.signal.aborted) {
      if (time.wakesInMs() <= 250) time.advance(250);
      await new Promise(setImmediate);
    }
    await outcome;
    expect(time.monotonicMs()).toBeGreaterThanOrEqual(15_000);
    expect(time.monotonicMs()).toBeLessThan(17_000);
    await expect(journal.get("d")).rejects.toThrow(/cannot be reached/);
    expect(told).toEqual([expect.stringMatching(/The journal's database 127.*postgres cannot be reached/)]);
    await line.mend();
    await place.query("COMMIT");
    await journal.get("d");
    expect(told.slice(1)).toEqual([undefined]);
  });

  test("is made again where the server ended the connection in the middle of it", async () => {
    await using place = await openPostgresPlace();
    await using journal = await openPostgresJournal({ url: place.url, clock });
    await journal.put("d", "one", 0);
    await place.query("BEGIN");
    await place.query("SELECT FROM $schema.document FOR UPDATE");
    await place.query("SELECT $schema.append('{posts}', '{0}', '{first}', '{x}', now())");
    const written = Promise.all([journal.put("d", "two", 1), journal.append("posts", entries(0, "a"))]);
    await untilFound(place, "SELECT FROM pg_locks WHERE NOT granted OFFSET 1");
    await place.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted");
    await place.query("COMMIT");
    expect(await written).toEqual([2, undefined]);
    expect(await readKeys(journal, "posts", 0)).toEqual(["first", "a"]);
  });
});

test("what is idle while the server ends all connections goes on as if nothing had been, with its news", async () => {
  await using place = await openPostgresPlace();
  const time = manualClock();
  await using journal = await openPostgresJournal({ url: place.url, clock: time });
  const stop = new AbortController();
  const tail = journal.tail("posts", 0, 0, 10, stop.signal)[Symbol.asyncIterator]();
  const news = tail.next();
  await readKeys(journal, "posts", 0);
  await place.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'earshot'",
  );
  await place.query("SELECT $schema.append('{posts}', '{0}', '{a}', '{x}', now())");
  time.advance(1000);
  expect((await news).value).toMatchObject([{ key: "a" }]);
  expect(await journal.put("d", "x", 0)).toBe(1);
  stop.abort();
});

test("of several hosts the one that answers is found", async () => {
  await using place = await openPostgresPlace();
  const url = withHosts(place, (real) => `127.0.0.1:1,${real},[::1]:1`);
  await using journal = await openPostgresJournal({ url, clock });
  expect(await journal.put("d", "x", 0)).toBe(1);
});

test("a full disk, and what the server cannot do just now, is waited for", async () => {
  await using place = await openPostgresPlace();
  await using journal = await openPostgresJournal({ url: place.url, clock });
  const failing = async (code: string): Promise<unknown> => {
    await place.query(`
      CREATE OR REPLACE FUNCTION $schema.fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$;
      CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON $schema.entry FOR EACH ROW EXECUTE FUNCTION $schema.fail()`);
    return await journal.append("posts", entries(0, "a")).catch((error: unknown) => error);
  };
  expect(await failing("53100")).toBeInstanceOf(DiskTrouble);
  for (const code of ["40001", "40P01", "53200", "55P03", "57014", "25006"]) {
    expect([code, await failing(code)]).toEqual([code, expect.any(Unavailable)]);
  }
  await place.query("DROP TRIGGER fail ON $schema.entry");
  await journal.append("posts", entries(0, "a"));
  expect(await readKeys(journal, "posts", 0)).toEqual(["a"]);
});

async function untilFound(place: PostgresPlace, query: string): Promise<void> {
  while ((await place.query(query)).length === 0) await new Promise(setImmediate);
}
