import { entries, keysOf, start } from "../../test/fakes/consumer.ts";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Unavailable } from "../errors.ts";
import type { Handle } from "./consume.ts";

/** Of two owners: 0 and 1 hold what is urgent, 2 and 3 the rest of the same. */
const tracks = {
  partitions: [0, 1, 2, 3],
  ownerOf: (partition: number) => partition % 2,
  isUrgent: (partition: number) => partition < 2,
};

/** A CRM that is away until the test says otherwise. */
function toCrm() {
  const crm = { isAway: true, tries: [] as (readonly string[])[], done: [] as string[] };
  const handle: Handle = (batch) => {
    crm.tries.push(keysOf(batch));
    if (crm.isAway) return Promise.reject(new Unavailable("The CRM is away."));
    crm.done.push(...keysOf(batch));
    return Promise.resolve(batch.map(() => undefined));
  };
  return { crm, handle };
}

async function nextTry(clock: ManualClock, crm: { readonly tries: readonly unknown[] }): Promise<void> {
  const before = crm.tries.length;
  while (crm.tries.length === before) {
    clock.advance(1000);
    await new Promise(setImmediate);
  }
}

test("what had to wait lets go first what is urgent and came later, and then goes on in its order", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", [...entries(2, 2), ...entries(3, 2)]);
  const { crm, handle } = toCrm();
  const lags: number[] = [];
  const settled: string[] = [];
  const consumer = start(journal, clock, {
    ...tracks,
    handle,
    batch: 4,
    onStats: ({ lag }) => lags.push(lag),
    onBatch: (batch) => settled.push(...keysOf(batch)),
  });
  await until(() => crm.tries.length === 1);
  expect(crm.tries).toEqual([["p2-1", "p2-2", "p3-1", "p3-2"]]);
  await journal.append("posts", entries(0, 1));
  while (crm.tries.at(-1)?.includes("p0-1") !== true) await nextTry(clock, crm);
  expect(crm.tries.at(-1)).toEqual(["p0-1", "p2-1", "p2-2", "p3-1"]);
  crm.isAway = false;
  await nextTry(clock, crm);
  await until(() => settled.length === 5);
  await consumer.stop();
  expect(crm.done).toEqual(["p0-1", "p2-1", "p2-2", "p3-1", "p3-2"]);
  expect(settled).toEqual(crm.done);
  expect(lags.at(-1)).toBe(0);
});

test("what is not urgent is not tried again as long as it may not begin, and holds nothing up meanwhile", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", entries(2, 2));
  const { crm, handle } = toCrm();
  let mayBegin = true;
  const lingerMs = (urgent: boolean): number => (urgent || mayBegin ? 0 : Infinity);
  const consumer = start(journal, clock, { ...tracks, handle, lingerMs });
  await until(() => crm.tries.length === 1);
  mayBegin = false;
  for (let minute = 0; minute < 10; minute++) {
    clock.advance(60_000);
    await new Promise(setImmediate);
  }
  expect(crm.tries).toHaveLength(1);

  crm.isAway = false;
  await journal.append("posts", entries(0, 1));
  await until(() => crm.done.length === 3);
  await consumer.stop();
  expect(crm.done).toEqual(["p0-1", "p2-1", "p2-2"]);
});

test("what is urgent itself is tried again as it is", async () => {
  const clock = manualClock();
  await using scratch = await openScratchJournal(clock);
  const { journal } = scratch;
  await journal.append("posts", [...entries(0, 1), ...entries(2, 1)]);
  const { crm, handle } = toCrm();
  const consumer = start(journal, clock, { ...tracks, handle });
  await until(() => crm.tries.length === 1);
  await journal.append("posts", entries(0, 1, 2));
  await nextTry(clock, crm);
  await consumer.stop();
  expect(crm.tries).toEqual([
    ["p0-1", "p2-1"],
    ["p0-1", "p2-1"],
  ]);
});
