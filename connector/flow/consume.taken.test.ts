import { entries, keysOf, readDocuments, rejected, start } from "../../test/fakes/consumer.ts";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Taken } from "../errors.ts";
import type { Handle, Outcome } from "./consume.ts";
import { readReach } from "./consuming/position.ts";

let clock: ManualClock;
let scratch: ScratchJournal;

beforeEach(async () => {
  clock = manualClock();
  scratch = await openScratchJournal(clock);
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** A handle that stands still, as a frozen process does, until `goOn` says what comes of it: before it began or after. */
function toFrozen(when: "before" | "after") {
  const calls: (readonly string[])[] = [];
  const frozen = Promise.withResolvers<Outcome>();
  const handle: Handle = async (batch, _signal, attempt) => {
    if (when === "after") await attempt.begin();
    calls.push(keysOf(batch));
    const outcome = await frozen.promise;
    if (when === "before") await attempt.begin();
    return batch.map(() => outcome);
  };
  return { calls, handle, goOn: frozen.resolve };
}

/** Works on all there is until nothing lags behind. */
async function takeOver(handle: Handle) {
  const lags: number[] = [];
  const next = start(scratch.journal, clock, { partitions: [0], handle, onStats: ({ lag }) => lags.push(lag) });
  await until(() => lags.length > 1 && lags.at(-1) === 0);
  return next;
}

const WHEN = ["before", "after"] as const;
const parked = () => readDocuments(scratch.journal, "parked/");
const done: Handle = (batch) => Promise.resolve(batch.map(() => undefined));
const refuse: Handle = (batch) => Promise.resolve(batch.map(() => rejected));

describe("a connector whose partition was taken over while it stood still", () => {
  test.each(WHEN)("parks nothing of what the new owner has done, and moves no position (%s it began)", async (when) => {
    const { journal } = scratch;
    await journal.append("posts", entries(0, 3));
    const { handle, calls, goOn } = toFrozen(when);
    const stale = start(journal, clock, { partitions: [0], handle });
    await until(() => calls.length === 1);
    const next = await takeOver(done);
    const reach = await readReach(journal, "posts", 0);
    goOn(rejected);
    await expect(stale.running).rejects.toThrow(Taken);
    expect(await parked()).toEqual([]);
    expect(await readReach(journal, "posts", 0)).toEqual(reach);
    await next.stop();
  });

  test.each(WHEN)("leaves what the new owner has parked as it is (%s it began)", async (when) => {
    const { journal } = scratch;
    await journal.append("posts", entries(0, 3));
    const { handle, calls, goOn } = toFrozen(when);
    const stale = start(journal, clock, { partitions: [0], handle });
    await until(() => calls.length === 1);
    const next = await takeOver(refuse);
    const before = await parked();
    goOn(rejected);
    await expect(stale.running).rejects.toThrow(Taken);
    expect(await parked()).toEqual(before);
    expect(before).toMatchObject([{ tries: 1 }, { tries: 1 }, { tries: 1 }]);
    await next.stop();
  });

  test.each([
    ["before", undefined],
    ["before", rejected],
    ["after", undefined],
    ["after", rejected],
  ] as const)("neither releases nor counts what it tried again itself (%s it began: %p)", async (when, outcome) => {
    const { journal } = scratch;
    await journal.append("posts", entries(0, 1));
    await (await takeOver(refuse)).stop();
    const { handle, calls, goOn } = toFrozen(when);
    const stale = start(journal, clock, { partitions: [0], handle });
    await until(() => calls.length === 1);
    const again: Handle = (batch) => Promise.resolve(batch.map(() => ({ reason: "LOCKED", detail: "Not now." })));
    const counted: number[] = [];
    const next = start(journal, clock, {
      partitions: [0],
      handle: again,
      onBatch: ({ length }) => counted.push(length),
    });
    await until(() => counted.length > 0);
    const before = await parked();
    expect(before).toMatchObject([{ reason: "LOCKED", tries: 2 }]);
    goOn(outcome);
    await expect(stale.running).rejects.toThrow(Taken);
    expect(await parked()).toEqual(before);
    await next.stop();
  });

  test("does not take what it hears so for a fault of the entries", async () => {
    const { journal } = scratch;
    await journal.append("posts", entries(0, 4));
    const [batches, bugs, waits]: [(readonly string[])[], unknown[], unknown[]] = [[], [], []];
    const taken = new Taken("Another connector is at it");
    const handle: Handle = (batch) => {
      batches.push(keysOf(batch));
      return Promise.reject(taken);
    };
    const onBug = (bug: unknown) => bugs.push(bug);
    const onWait = (wait: unknown) => waits.push(wait);
    const { running } = start(journal, clock, { partitions: [0], handle, onBug, onWait });
    await expect(running).rejects.toBe(taken);
    expect([batches.length, bugs, waits]).toEqual([1, [], []]);
    expect(await parked()).toEqual([]);
    expect(await readReach(journal, "posts", 0)).toMatchObject({ seq: 0 });
  });
});
