import { toTestPost, COMPANY } from "../test/fakes/posts.ts";
import { manualClock, type ManualClock } from "../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../test/fakes/scratch-journal.ts";
import { Taken, Unavailable } from "./errors.ts";
import type { Entry } from "./journal/journal.ts";
import { readLedger } from "./ledger.ts";
import type { Leave } from "./model/leave.ts";
import type { Post } from "./model/post.ts";
import type { Reply, Verdict } from "./model/reply.ts";
import { openSender } from "./sender.ts";
import type { Source } from "./sources/source.ts";

const never = new AbortController().signal;
const SHOWN_AFTER_MS = 120_000;
const reply: Reply = { key: "row/1", row: "row", attempt: 1, order: "send", account: COMPANY };
const entry: Entry = { key: reply.key, partition: 0, seq: 1, appendedAt: "", value: JSON.stringify(reply) };

let scratch: ScratchJournal;
beforeEach(async () => {
  scratch = await openScratchJournal(manualClock());
});
afterEach(() => scratch[Symbol.asyncDispose]());

/** What all connectors have in common: the network, and the reply's row. */
interface World {
  readonly published: Post[];
  readonly verdicts: Verdict[];
}

interface Connector {
  readonly clock: ManualClock;
  ours: boolean;
  /** Called when a publish is about to leave, before `leave` is asked. */
  onLeaving: (leave: Leave) => Promise<void>;
  send(): Promise<unknown>;
}

/** A network without any memory of keys, which shows late what it took. */
function toConnector({ published, verdicts }: World, replica: string, time?: string): Connector {
  const clock = manualClock(time);
  const connector: Connector = {
    clock,
    ours: true,
    onLeaving: () => Promise.resolve(),
    send: async () => (await send([entry], never))[0],
  };
  const source: Source = {
    network: "test",
    account: { key: COMPANY, network: "test", handle: "n", mode: "engage", textLimit: 500, urlLength: 23 },
    feeds: {},
    routes: () => [],
    readDelayMs: SHOWN_AFTER_MS,
    async publish(_reply, _signal, leave) {
      await connector.onLeaving(leave);
      leave.check();
      const post = toTestPost("9", "nordwind");
      published.push(post);
      return post;
    },
    find: (_reply, { last }) =>
      Promise.resolve(
        Date.parse(clock.now()) - Date.parse(last) < SHOWN_AFTER_MS ? "unknown" : (published[0] ?? "absent"),
      ),
  };
  const answered = {
    key: "test:s/1",
    conversation: "test:s/1",
    visibility: "public",
    authorHandle: "anna",
    authorKey: "test:s/anna",
  } as const;
  const send = openSender({
    journal: scratch.journal,
    crm: {
      claim: ([asked]) =>
        Promise.resolve(asked === undefined ? [] : [{ ...asked, route: "Public reply", text: "Soon.", answered }]),
      settle: (_reply, verdict) => Promise.resolve(void verdicts.push(verdict)),
      erase: () => Promise.resolve(),
    },
    sources: new Map([[COMPANY, source]]),
    clock,
    replica,
    stillOurs: () => connector.ours,
    onSettled: () => undefined,
    onUnforeseen: (error) => {
      throw error as Error;
    },
  });
  return connector;
}

function openWorld() {
  const world: World = { published: [], verdicts: [] };
  return { ...world, open: (replica: string, time?: string) => toConnector(world, replica, time) };
}

test("a reply that a dead connector left is sent by another, which waits by its own clock", async () => {
  const { published, verdicts, open } = openWorld();
  const dead = open("one", "2026-03-02T12:00:00.000Z");
  dead.onLeaving = () => Promise.reject(new Taken("It died here"));
  await expect(dead.send()).rejects.toThrow(Taken);
  // Its clock is hours behind the dead one's.
  const other = open("two", "2026-03-02T09:00:00.000Z");
  expect(await other.send()).toMatchObject({ retryAfterMs: SHOWN_AFTER_MS });
  expect(await readLedger(scratch.journal, reply.key)).toMatchObject({
    by: "two",
    triedAt: "2026-03-02T09:00:00.000Z",
  });
  other.clock.advance(SHOWN_AFTER_MS);
  expect(await other.send()).toBeUndefined();
  expect(published).toHaveLength(1);
  expect(verdicts).toMatchObject([{ status: "Sent" }]);
});

test("who met its own intent goes on as ever", async () => {
  const { open } = openWorld();
  const one = open("one");
  one.onLeaving = () => Promise.reject(new Unavailable("Time-out"));
  await expect(one.send()).rejects.toThrow(Unavailable);
  one.clock.advance(SHOWN_AFTER_MS - 1000);
  expect(await one.send()).toMatchObject({ retryAfterMs: 1000 });
});

test("a connector that was frozen on its way to the network sends nothing when it wakes up", async () => {
  const { published, verdicts, open } = openWorld();
  const [frozen, other] = [open("one"), open("two")];
  const asleep = Promise.withResolvers<undefined>();
  frozen.onLeaving = () => asleep.promise;
  const sending = frozen.send().catch((error: unknown) => error);
  while ((await readLedger(scratch.journal, reply.key)) === undefined) await new Promise(setImmediate);
  await other.send();
  other.clock.advance(SHOWN_AFTER_MS);
  await other.send();
  frozen.clock.advance(10 * 60_000);
  asleep.resolve(undefined);
  // It has not learnt yet that it was called dead: the time that passed says enough.
  expect(await sending).toBeInstanceOf(Unavailable);
  await expect(frozen.send()).resolves.toBeUndefined();
  expect(published).toHaveLength(1);
  expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(["Sent"]));
});

test("what may be another's already does not leave", async () => {
  const { published, open } = openWorld();
  const one = open("one");
  one.onLeaving = () => Promise.resolve(void (one.ours = false));
  await expect(one.send()).rejects.toThrow(Taken);
  expect(published).toEqual([]);
});

test("a verdict that comes after another connector took over is not written", async () => {
  const { verdicts, open } = openWorld();
  const [slow, other] = [open("one"), open("two")];
  slow.onLeaving = async (leave) => {
    leave.check();
    expect(await other.send()).toBeInstanceOf(Unavailable);
  };
  await expect(slow.send()).rejects.toThrow(Taken);
  expect(verdicts).toEqual([]);
  other.clock.advance(SHOWN_AFTER_MS);
  await other.send();
  expect(verdicts).toMatchObject([{ status: "Sent" }]);
});
