import { Crash, crashingJournal } from "../../test/fakes/crashing-journal.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import type { Journal } from "../journal/journal.ts";
import { consume } from "./consume.ts";
import type { Handle } from "./consume.ts";

const clock = manualClock();
const PARTITIONS = [0, 1, 2];

/** Six entries of each partition; the third of each is rejected as long as `isMended` is false, the fifth is a bug. */
const posts = PARTITIONS.flatMap((partition) =>
  [1, 2, 3, 4, 5, 6].map((n) => ({ key: `p${partition}-${n}`, partition, value: "x" })),
);

/** What a crash cannot take back: the effects outside, in the order in which they came. */
function toWorld() {
  const effects: string[] = [];
  const toHandle =
    (isMended: boolean): Handle =>
    (batch) => {
      if (!isMended && batch.some(({ key }) => key.endsWith("-5"))) return Promise.reject(new TypeError("A bug"));
      const isRefused = (key: string): boolean => !isMended && key.endsWith("-3");
      effects.push(...batch.map(({ key }) => key).filter((key) => !isRefused(key)));
      return Promise.resolve(
        batch.map(({ key }) => (isRefused(key) ? { reason: "RULE", detail: "A rule refuses it." } : undefined)),
      );
    };
  return { effects, toHandle };
}

/** Runs a consumer until all positions are at the end and so many entries are parked, or until it dies. */
async function runUntil(journal: Journal, handle: Handle, parked: number): Promise<"died" | "done"> {
  const stop = new AbortController();
  const options = { journal, clock, log: "posts" as const, partitions: PARTITIONS, batch: 5, inFlight: 2 };
  const onStats = (stats: { lag: number; parked: number }): void => {
    // Reading runs ahead of the positions, so no lag means the end only when everything has been read.
    if (stats.lag === 0 && stats.parked === parked) void isAtEnd(journal).then((atEnd) => atEnd && stop.abort());
  };
  try {
    await consume({ ...options, handle, onStats }, stop.signal);
    return "done";
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return "died";
  }
}

async function isAtEnd(journal: Journal): Promise<boolean> {
  for (const partition of PARTITIONS) {
    const position = await journal.get(`position/posts/${partition}`);
    const last = await journal.find("posts", `p${partition}-6`);
    if (position === undefined || (JSON.parse(position.value) as { seq: number }).seq !== last?.seq) return false;
  }
  return true;
}

async function listParked(journal: Journal): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const doc of journal.list("parked/posts/")) keys.push((JSON.parse(doc.value) as { key: string }).key);
  return keys.sort();
}

describe.each(["before", "after"] as const)("a crash %s any write", (when) => {
  test("loses no entry, parks none twice, and keeps the order of each partition", async () => {
    let crashes = 0;
    for (let write = 1; ; write += 1) {
      await using scratch = await openScratchJournal(clock);
      await scratch.journal.append("posts", posts);
      const { effects, toHandle } = toWorld();
      const end = await runUntil(crashingJournal(scratch.journal, { write, when }), toHandle(false), 6);
      await runUntil(await scratch.reopen(), toHandle(false), 6);

      expect(await listParked(scratch.journal)).toEqual(["p0-3", "p0-5", "p1-3", "p1-5", "p2-3", "p2-5"]);
      for (const partition of PARTITIONS) {
        const mine = effects.filter((key) => key.startsWith(`p${partition}-`));
        expect(withoutRepeats(mine)).toEqual([1, 2, 4, 6].map((n) => `p${partition}-${n}`));
      }

      await runUntil(await scratch.reopen(), toHandle(true), 0);
      expect(new Set(effects)).toEqual(new Set(posts.map(({ key }) => key)));
      expect(await listParked(scratch.journal)).toEqual([]);
      if (end === "done") break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(15);
  }, 60_000);
});

/** The order in which keys came first. A repetition begins at or before the last key, and runs in the same order. */
function withoutRepeats(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)];
}

test("a crash again and again, at every write of its own run, still ends", async () => {
  await using scratch = await openScratchJournal(clock);
  await scratch.journal.append("posts", posts);
  const { effects, toHandle } = toWorld();
  let runs = 0;
  for (let write = 1, end = "died"; end === "died"; write += 1, runs += 1) {
    end = await runUntil(crashingJournal(await scratch.reopen(), { write, when: "after" }), toHandle(false), 6);
  }
  expect(runs).toBeGreaterThan(5);
  expect(await listParked(scratch.journal)).toHaveLength(6);
  await until(() => new Set(effects).size === 12);
});
