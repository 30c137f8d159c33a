import { join } from "node:path";
import { openDirectory } from "../../test/fakes/directory.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { fillJournal, handOver } from "../../test/fakes/moved-journal.ts";
import { openPostgresPlace } from "../../test/fakes/postgres.ts";
import type { Copy, Original } from "../journal/copying.ts";
import { openPostgresJournal } from "../journal/postgres.ts";
import { openPostgresCopy } from "../journal/postgres/copy.ts";
import { openPostgresOriginal } from "../journal/postgres/original.ts";
import { openSqliteJournal } from "../journal/sqlite.ts";
import { openSqliteCopy } from "../journal/sqlite/copy.ts";
import { openSqliteOriginal } from "../journal/sqlite/original.ts";
import { copyJournal } from "./copy-journal.ts";

const never = new AbortController().signal;
const rowsAtOnce = 40;
const clock = manualClock();

async function openFilled() {
  const directory = await openDirectory();
  const file = (name: string) => join(directory.path, name);
  await using journal = await openSqliteJournal({ file: file("from.db"), clock, partitions: 16 });
  const left = await fillJournal(journal, clock);
  return { left, file, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

async function move(
  original: Original,
  copy: Copy,
  partitions: number,
  signal = never,
  onProgress = (_: number) => {},
) {
  try {
    return await copyJournal({ original, copy, partitions, onProgress }, signal);
  } finally {
    await copy[Symbol.asyncDispose]();
    await original[Symbol.asyncDispose]();
  }
}

async function dump(original: Original) {
  const all = async <Row>(pages: AsyncIterable<readonly Row[]>) => (await Array.fromAsync(pages)).flat();
  const { partitions, lastSeq } = original;
  const [entries, digests] = [await all(original.entries(0)), await all(original.digests(undefined))];
  const documents = (await all(original.documents(""))).filter(({ key }) => !/^(share|replica)\//u.test(key));
  await original[Symbol.asyncDispose]();
  return { partitions, lastSeq, entries, digests, documents };
}

test("a file moves to a server, with more partitions, is handed over there once, and moves back", async () => {
  await using filled = await openFilled();
  await using place = await openPostgresPlace();
  await using narrow = await openPostgresPlace();
  const { url } = place;
  const toFile = () => openSqliteOriginal({ file: filled.file("from.db"), alone: true, rowsAtOnce });
  const toServer = (from = url) => openPostgresOriginal({ url: from, alone: true, clock, rowsAtOnce });
  await move(await toFile(), await openPostgresCopy({ url, clock, rowsAtOnce }), 64);
  await move(await toServer(), await openPostgresCopy({ url: narrow.url, clock, rowsAtOnce }), 4);
  await move(await toServer(), await openSqliteCopy({ file: filled.file("back.db"), rowsAtOnce }), 64);
  const back = await openSqliteOriginal({ file: filled.file("back.db"), alone: true, rowsAtOnce });
  expect(await dump(back)).toEqual(await dump(await toServer()));

  for (const from of [url, narrow.url]) {
    await using journal = await openPostgresJournal({ url: from, clock });
    expect(journal.partitions).toBe(from === url ? 64 : 4);
    expect(await journal.knows("posts", "past/3")).toBe(true);
    for (const log of ["posts", "replies", "changes"] as const) {
      const { waiting, parked } = filled.left[log];
      const handed = await handOver(journal, { clock, log, atLeast: waiting.length + parked.size });
      const keys = handed.map(({ entry }) => entry.key).sort();
      expect(keys).toEqual([...waiting.map(({ key }) => key), ...parked].sort());
    }
    const { lastSeq } = await dump(await toServer(from));
    await journal.append("posts", [{ key: "new", partition: 0, value: "x" }]);
    expect((await journal.find("posts", "new"))?.seq).toBeGreaterThan(lastSeq);
  }
}, 60_000);

test("stopped on the way it goes on, and until then no connector takes it for a journal", async () => {
  await using filled = await openFilled();
  await using place = await openPostgresPlace();
  const { url } = place;
  const toFile = () => openSqliteOriginal({ file: filled.file("from.db"), alone: true, rowsAtOnce });
  for (let stops = 0; stops < 5; stops += 1) {
    const stop = new AbortController();
    let begun: number | undefined;
    const copied = move(await toFile(), await openPostgresCopy({ url, clock, rowsAtOnce }), 4, stop.signal, (done) => {
      begun ??= done;
      if (done > begun + 50) stop.abort();
    });
    expect(await copied).toBe("stopped");
    await expect(openPostgresJournal({ url, clock })).rejects.toThrow(
      /a copy that is not whole: .*call.* migrate-journal again/u,
    );
  }
  await using copy = await openPostgresCopy({ url, clock, rowsAtOnce });
  await expect(openPostgresCopy({ url, clock })).rejects.toThrow(/Somebody else is copying to/u);
  await move(await toFile(), copy, 4);
  await using journal = await openPostgresJournal({ url, clock });
  expect(journal.partitions).toBe(4);
}, 60_000);

test("nothing is put where a journal or anything else is, nor taken where a connector is at work", async () => {
  await using place = await openPostgresPlace();
  const { url } = place;
  await expect(openPostgresOriginal({ url, alone: true, clock })).rejects.toThrow(/There is no journal/u);
  await using journal = await openPostgresJournal({ url, clock });
  await expect(openPostgresCopy({ url, clock })).rejects.toThrow(/There is a journal in .* already/u);
  const revision = (await journal.put("replica/a", "{}", 0)) ?? 0;
  const watch = manualClock();
  const opening = openPostgresOriginal({ url, alone: true, clock: watch });
  opening.catch(() => undefined);
  const watchMs = await watch.untilSleeping();
  await journal.put("replica/a", "{ }", revision);
  watch.advance(watchMs);
  await expect(opening).rejects.toThrow(/A connector is at work on the journal in/u);
}, 60_000);
