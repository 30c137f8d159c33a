import { openScratchJournal } from "../../test/fakes/scratch-journal.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { toReplicaKey, toShareKey } from "../flow/sharing/documents.ts";
import type { Journal } from "../journal/journal.ts";
import { isAnyAlive, seeReplicas } from "./running.ts";

const never = new AbortController().signal;

async function write(journal: Journal, key: string, value: object): Promise<void> {
  await journal.put(key, JSON.stringify(value), (await journal.get(key))?.revision ?? 0);
}

const join = (journal: Journal, id: string) =>
  write(journal, toReplicaKey(id), { host: "node", pid: 7, since: "2026-03-02T09:00:00.000Z" });

/** While somebody sleeps, time passes and hearts beat. */
function toClock(beat: () => Promise<void>) {
  const clock = manualClock();
  return {
    ...clock,
    sleep: async (ms: number) => {
      clock.advance(ms);
      await beat();
    },
  };
}

test("a heart that beats is a connector that runs", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const { journal } = scratch;
  await join(journal, "a");
  await join(journal, "b");
  const clock = toClock(() => join(journal, "b"));
  expect(await isAnyAlive(journal, clock, never)).toBe(true);
  expect(clock.monotonicMs()).toBeLessThan(1000);
});

test("where nobody is written down nobody is waited for; who died is waited for in vain", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const { journal } = scratch;
  const clock = toClock(() => Promise.resolve());
  expect(await isAnyAlive(journal, clock, never)).toBe(false);
  expect(clock.monotonicMs()).toBe(0);
  await join(journal, "a");
  expect(await isAnyAlive(journal, clock, never)).toBe(false);
  expect(clock.monotonicMs()).toBeLessThan(6000);
});

test("tells who is alive and what each holds", async () => {
  await using scratch = await openScratchJournal(manualClock());
  const { journal } = scratch;
  await join(journal, "a");
  await join(journal, "b");
  await write(journal, toShareKey("crm"), { owner: "a", epoch: 1 });
  await write(journal, toShareKey(3), { owner: "b", epoch: 1 });
  const seen = await seeReplicas(
    journal,
    toClock(() => join(journal, "b")),
    never,
  );
  expect(seen.map(({ id, held, isAlive }) => [id, held, isAlive])).toEqual([
    ["a", ["crm"], false],
    ["b", [3], true],
  ]);
});
