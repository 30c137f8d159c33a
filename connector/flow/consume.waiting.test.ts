import { entries, keysOf, readDocuments, start } from "../../test/fakes/consumer.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { until } from "../../test/fakes/until.ts";
import { Unavailable } from "../errors.ts";
import type { ConsumeStats, Handle } from "./consume.ts";

const away = new Unavailable("The network of this account is away.");

/** Odd numbers belong to an account whose network is away until the test says otherwise. */
function toNetwork() {
  const batches: (readonly string[])[] = [];
  const done: string[] = [];
  const network = { isAway: true, reason: away, batches, done };
  const handle: Handle = (batch) => {
    batches.push(keysOf(batch));
    const isWaiting = (key: string): boolean => network.isAway && Number(key.at(-1)) % 2 === 1;
    done.push(...keysOf(batch).filter((key) => !isWaiting(key)));
    return Promise.resolve(batch.map(({ key }) => (isWaiting(key) ? network.reason : undefined)));
  };
  return { network, handle };
}

describe("one account that cannot be served now", () => {
  test("holds up nobody else, and is tried again soon, all that waits together", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const { journal } = scratch;
    await journal.append("posts", [...entries(0, 4), ...entries(1, 4)]);
    const { network, handle } = toNetwork();
    const stats: ConsumeStats[] = [];
    const consumer = start(journal, clock, { handle, inFlight: 1, onStats: (now) => stats.push(now) });
    await until(() => stats.at(-1)?.parked === 4 && stats.at(-1)?.lag === 0);
    await journal.append("posts", entries(0, 1, 6));
    await until(() => network.done.length === 5);
    expect(network.done).toEqual(["p0-2", "p0-4", "p1-2", "p1-4", "p0-6"]);
    expect(await readDocuments(journal, "parked/posts/")).toMatchObject([
      { reason: "waiting", detail: away.message, tries: 1 },
      {},
      {},
      {},
    ]);

    clock.advance(await clock.untilSleeping(5000));
    network.isAway = false;
    for (let look = 0; look < 3; look++) clock.advance(5000);
    await until(() => stats.at(-1)?.parked === 0);
    await consumer.stop();
    expect(network.batches.at(-1)).toEqual(["p0-1", "p0-3", "p1-1", "p1-3"]);
    expect(await readDocuments(journal, "parked/")).toEqual([]);
  });

  test("does not stop the consumer, however many of its entries come in a row", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", [
      ...Array.from({ length: 40 }, (_, index) => ({ key: `a${index}1`, partition: 0, value: "x" })),
      ...entries(1, 2),
    ]);
    const { network, handle } = toNetwork();
    const waits: Error[] = [];
    const consumer = start(scratch.journal, clock, { handle, onWait: (wait) => waits.push(wait) });
    await until(() => network.done.includes("p1-2"));
    await consumer.stop();
    expect(waits).toEqual([]);
  });

  test("is not asked before the time that its network named", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 1));
    const { network, handle } = toNetwork();
    network.reason = new Unavailable("Too many questions", { retryAfterMs: 60_000 });
    const parked: number[] = [];
    const consumer = start(scratch.journal, clock, { handle, onStats: (stats) => parked.push(stats.parked) });
    await until(() => parked.at(-1) === 1);
    for (let look = 0; look < 11; look++) {
      await clock.untilSleeping(5000);
      clock.advance(5000);
      await new Promise(setImmediate);
    }
    expect(network.batches).toHaveLength(1);
    network.isAway = false;
    clock.advance(10_000);
    await until(() => parked.at(-1) === 0);
    await consumer.stop();
  });

  test("does not fill the memory: beyond a thousand all wait, and nothing is lost", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const odd = (n: number) => ({ key: `a${n}-1`, partition: 0, value: "x" });
    await scratch.journal.append("posts", [...Array.from({ length: 1200 }, (_, n) => odd(n)), ...entries(0, 2)]);
    const { network, handle } = toNetwork();
    const waits: Error[] = [];
    const stats: ConsumeStats[] = [];
    const consumer = start(scratch.journal, clock, {
      handle,
      onWait: (wait) => waits.push(wait),
      onStats: (now) => stats.push(now),
    });
    await until(() => waits.length === 1);
    expect(await readDocuments(scratch.journal, "parked/")).toHaveLength(1000);
    network.isAway = false;
    while (stats.at(-1)?.parked !== 0 || !network.done.includes("p0-2")) {
      clock.advance(60_000);
      await new Promise(setImmediate);
    }
    await consumer.stop();
    expect(new Set(network.done).size).toBe(1202);
  });

  test("does not keep back what can be served again, however many others wait", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    const many = (name: string, n: number) =>
      Array.from({ length: n }, (_, index) => ({ key: `${name}${index}`, partition: index % 4, value: "x" }));
    await scratch.journal.append("posts", many("back", 995));
    let isBack = false;
    const done: string[] = [];
    const handle: Handle = (batch) =>
      Promise.resolve(
        batch.map(({ key }) => {
          if (!isBack || !key.startsWith("back")) return away;
          done.push(key);
          return undefined;
        }),
      );
    const waits: Error[] = [];
    const stats: ConsumeStats[] = [];
    const consumer = start(scratch.journal, clock, {
      handle,
      onWait: (wait) => waits.push(wait),
      onStats: (now) => stats.push(now),
    });
    await until(() => stats.at(-1)?.parked === 995);
    await scratch.journal.append("posts", many("away", 40));
    await until(() => waits.length > 0);
    isBack = true;
    while (done.length < 995) {
      clock.advance(60_000);
      await new Promise(setImmediate);
    }
    await consumer.stop();
    expect(new Set(done).size).toBe(995);
  });

  test("is asked again within the hour, whatever time its network named", async () => {
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await scratch.journal.append("posts", entries(0, 1));
    const { network, handle } = toNetwork();
    network.reason = new Unavailable("Too many questions", { retryAfterMs: 1e18 });
    const parked: number[] = [];
    const consumer = start(scratch.journal, clock, { handle, onStats: (stats) => parked.push(stats.parked) });
    consumer.running.catch(() => parked.push(-1));
    await until(() => parked.at(-1) === 1 || parked.at(-1) === -1);
    network.isAway = false;
    clock.advance(3_600_000);
    await until(() => parked.at(-1) !== 1);
    await consumer.stop();
    expect(parked.at(-1)).toBe(0);
  });
});
