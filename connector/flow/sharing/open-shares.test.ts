import { findShared, LEASE_MS, openWorld, type Player, type World } from "../../../test/fakes/replicas.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openScratchJournal, type ScratchJournal } from "../../../test/fakes/scratch-journal.ts";
import { Misconfigured, Taken } from "../../errors.ts";
import { openShares, toDivisionLine } from "./open-shares.ts";
import { readReplicas } from "./replicas.ts";

const ALL = 17;
let scratch: ScratchJournal;
let world: World;

beforeEach(async () => {
  scratch = await openScratchJournal(manualClock());
  world = openWorld(scratch.journal, 16);
  world.onStep = () => expect(findShared(world)).toEqual([]);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await scratch[Symbol.asyncDispose]();
});

const countsOf = (...players: readonly Player[]): readonly number[] => players.map(({ shares }) => shares.held.size);
const workOf = (...players: readonly Player[]): readonly number[] => players.map(({ working }) => working.size);

async function joinAll(...names: readonly string[]): Promise<readonly Player[]> {
  const players = names.map((name) => world.join(name));
  await world.pass(6000);
  return players;
}

/** Who has each share, with the epoch that grows whenever it passes to another one. */
async function readOwners(): Promise<Record<string, unknown>> {
  const docs = await Array.fromAsync(scratch.journal.list("share/"));
  return Object.fromEntries(docs.map(({ key, value }) => [key, JSON.parse(value)]));
}

async function countMoves(during: () => Promise<unknown>): Promise<number> {
  const before = await readOwners();
  await during();
  const after = await readOwners();
  return Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key])).length;
}

describe("alone", () => {
  test("one connector holds all at once, and works on all of them", async () => {
    const one = world.join("a");
    await world.pass(500);
    expect(one.shares.held.size).toBe(ALL);
    expect(one.working).toEqual(one.shares.held);
    expect(one.rounds).toEqual([Array.from({ length: 16 }, (_, index) => index)]);
    expect(one.divisions.map(toDivisionLine)).toEqual(["1 replica, 17 of 17 shares here"]);
  });

  test("a journal that is not shared is all ours, without a document", async () => {
    const stop = new AbortController();
    const replica = { host: "test", pid: 1 };
    const options = { journal: scratch.journal, clock: manualClock(), partitions: 2, replica };
    await using shares = openShares(options, stop.signal);
    expect([...shares.held]).toEqual(["crm", 0, 1]);
    expect(shares.stillOurs(1)).toBe(true);
    expect(await Array.fromAsync(scratch.journal.list(""))).toEqual([]);
    const other = shares.each(() => Promise.reject(new Taken("Somebody else writes")));
    await expect(other).rejects.toThrow(Misconfigured);
  });
});

describe("several", () => {
  test("who begin at the same instant divide all, and begin their work once", async () => {
    const players = ["a", "b", "c"].map((name) => world.join(name));
    await world.pass(500);
    expect([...countsOf(...players)].sort()).toEqual([5, 6, 6]);
    await world.pass(60_000);
    expect(players.map(({ begun }) => begun.length)).toEqual(countsOf(...players));
    expect(players.map(({ rounds }) => rounds.length)).toEqual([1, 1, 1]);
  });

  test("one that joins gets its part and no more moves than that, each side beginning anew once", async () => {
    const [a, b] = (await joinAll("a", "b")) as [Player, Player];
    const moves = await countMoves(() => joinAll("c"));
    const c = world.players[2] as Player;
    expect(countsOf(a, b, c)).toEqual([6, 6, 5]);
    expect(workOf(a, b, c)).toEqual([6, 6, 5]);
    expect(moves).toBe(5);
    expect([a, b, c].map(({ rounds }) => rounds.length)).toEqual([2, 2, 1]);
    expect(await countMoves(() => world.pass(60_000))).toBe(0);
  });

  test("what lies side by side is divided: of the first accounts each gets some", async () => {
    await joinAll("a");
    await joinAll("b");
    const of = world.players.map(({ shares }) => [0, 1, 2, 3].filter((share) => shares.held.has(share)).length);
    expect(of).toEqual([2, 2]);
  });

  test("one that leaves is replaced at once, and what it held moves alone", async () => {
    const [a, b, c] = (await joinAll("a", "b", "c")) as [Player, Player, Player];
    const moves = await countMoves(async () => {
      c.leave();
      await world.pass(3000);
    });
    expect([...countsOf(a, b, c)]).toEqual([9, 8, 0]);
    expect(moves).toBe(5);
    expect(c.outcome).toEqual({});
    expect((await readReplicas(scratch.journal)).map(({ id, held }) => [id, held.length])).toEqual([
      ["a-1", 9],
      ["b-1", 8],
    ]);
  });

  test("work that ends slowly keeps its share until it has ended, however long that takes", async () => {
    const [a] = (await joinAll("a")) as [Player];
    a.linger(true);
    const b = world.join("b");
    await world.pass(60_000);
    expect(workOf(a, b)).toEqual([9, 0]);
    expect(countsOf(a, b)).toEqual([ALL, 0]);
    a.linger(false);
    await world.pass(6000);
    expect(workOf(a, b)).toEqual([9, 8]);
    expect(a.divisions.map(({ held }) => held).at(-1)).toBe(9);
  });

  test("one that leaves slowly is waited for share by share", async () => {
    const [a, b] = (await joinAll("a", "b")) as [Player, Player];
    b.linger(true);
    b.leave();
    await world.pass(60_000);
    expect(countsOf(a, b)).toEqual([9, 8]);
    b.linger(false);
    await world.pass(3000);
    expect(countsOf(a, b)).toEqual([ALL, 0]);
  });

  test("who is there and what each holds is seen by whoever looks", async () => {
    await joinAll("a", "b");
    const replicas = await readReplicas(scratch.journal);
    expect(replicas).toMatchObject([
      { id: "a-1", host: "test", pid: 1 },
      { id: "b-1", host: "test", pid: 1 },
    ]);
    expect(replicas.flatMap(({ held }) => held).sort()).toEqual(
      [...Array.from({ length: 16 }, (_, n) => n), "crm"].sort(),
    );
  });
});

describe("death", () => {
  test("is noticed after a lease, not before, and its part goes to the others", async () => {
    const [a, b, c] = (await joinAll("a", "b", "c")) as [Player, Player, Player];
    world.kill(c);
    await world.pass(LEASE_MS - 3000);
    expect(countsOf(a, b)).toEqual([6, 6]);
    await world.pass(10_000);
    expect(countsOf(a, b)).toEqual([9, 8]);
    expect(await readReplicas(scratch.journal)).toHaveLength(2);
  });

  test("of all at once: one that comes new has everything within about a lease", async () => {
    for (const player of await joinAll("a", "b", "c")) world.kill(player);
    const d = world.join("d");
    await world.pass(LEASE_MS + 6000);
    expect(d.shares.held.size).toBe(ALL);
  });

  test("a frozen process is called dead, notices when it wakes, ends its work and takes part anew", async () => {
    const [a, b] = (await joinAll("a", "b")) as [Player, Player];
    world.freeze(b);
    await world.pass(60_000);
    expect(a.shares.held.size).toBe(ALL);
    world.thaw(b);
    expect(b.shares.stillOurs([...b.shares.held][0] ?? "crm")).toBe(false);
    await world.pass(500);
    expect(b.shares.held.size).toBe(0);
    expect(b.reasons).toHaveLength(8);
    expect(b.reasons.every((reason) => reason instanceof Taken)).toBe(true);
    await world.pass(6000);
    expect(countsOf(a, b)).toEqual([9, 8]);
    expect((await readReplicas(scratch.journal)).map(({ id }) => id)).toEqual(["a-1", "b-2"]);
  });

  test("a process that froze for less than a lease goes on as if nothing had been", async () => {
    const players = (await joinAll("a", "b")) as [Player, Player];
    const moves = await countMoves(async () => {
      world.freeze(players[1]);
      await world.pass(10_000);
      world.thaw(players[1]);
      await world.pass(20_000);
    });
    expect(moves).toBe(0);
    expect(players.map(({ begun }) => begun.length)).toEqual([9, 8]);
  });

  test("one that cannot reach the journal for a lease lets its work go by itself, before anybody takes it over", async () => {
    const [a, b] = (await joinAll("a", "b")) as [Player, Player];
    b.line = "away";
    await world.pass(8000);
    expect(b.working.size).toBe(8);
    expect([...b.shares.held].some((share) => b.shares.stillOurs(share))).toBe(false);
    await world.pass(8000);
    expect(countsOf(a, b)).toEqual([9, 0]);
    await world.pass(12_000);
    expect(countsOf(a, b)).toEqual([ALL, 0]);
    b.line = "up";
    await world.pass(6000);
    expect(countsOf(a, b)).toEqual([9, 8]);
  });
});

describe("the journal", () => {
  test("that is away for all for less than a lease moves nothing", async () => {
    const players = await joinAll("a", "b", "c");
    const moves = await countMoves(async () => {
      for (const player of players) player.line = "away";
      await world.pass(10_000);
      for (const player of players) player.line = "up";
      await world.pass(20_000);
    });
    expect(moves).toBe(0);
    expect(players.map(({ rounds }) => rounds.length)).toEqual([1, 1, 1]);
  });

  test("that is away for long: nobody calls the others dead when it comes back, not even those who are late", async () => {
    const [a, b, c] = (await joinAll("a", "b", "c")) as [Player, Player, Player];
    for (const player of [a, b, c]) player.line = "away";
    await world.pass(600_000);
    expect(workOf(a, b, c)).toEqual([0, 0, 0]);
    a.line = "up";
    await world.pass(9000);
    expect(a.shares.held.size).toBe(6);
    expect((await readReplicas(scratch.journal)).map(({ id }) => id)).toEqual(["a-2", "b-1", "c-1"]);
    for (const player of [b, c]) player.line = "up";
    await world.pass(6000);
    expect([...countsOf(a, b, c)].sort()).toEqual([5, 6, 6]);
  });

  test("whose answers are lost leaves nothing in nobody's hands", async () => {
    const [a] = (await joinAll("a")) as [Player];
    const b = world.join("b");
    for (const player of [a, b]) player.line = "lost";
    await world.pass(5000);
    for (const player of [a, b]) player.line = "up";
    await world.pass(30_000);
    expect(workOf(a, b)).toEqual([9, 8]);
  });
});

describe("work", () => {
  test("that meets the writing of a latecomer is begun anew, not in haste, and stays where it is", async () => {
    const a = world.join("a");
    a.fail(3, new Taken("Another connector has taken over"));
    await world.pass(500);
    expect([a.shares.held.size, a.working.size, a.begun.length]).toEqual([ALL, ALL - 1, ALL]);
    await world.pass(30_000);
    expect([a.shares.held.size, a.working.size, a.begun.length]).toEqual([ALL, ALL, ALL + 1]);
    expect(a.outcome).toBeUndefined();
  });

  test("that meets the writing of the new owner ends all that is lost", async () => {
    const [a, b] = (await joinAll("a", "b")) as [Player, Player];
    const share = [...b.shares.held][0] ?? "crm";
    const { revision = 0 } = (await scratch.journal.get(`share/${share}`)) ?? {};
    await scratch.journal.put(`share/${share}`, JSON.stringify({ owner: "a-1", epoch: 2 }), revision);
    b.fail(share, new Taken("Another connector has taken over"));
    await world.pass(0);
    // What is still nobody else's is its own again at once.
    expect(workOf(a, b)).toEqual([9, 7]);
    expect(b.reasons).toHaveLength(7);
    expect(b.reasons.every((reason) => reason instanceof Taken)).toBe(true);
    await world.pass(12_000);
    expect(workOf(a, b)).toEqual([9, 8]);
  });

  test.each([new Misconfigured("The permission set is missing."), new TypeError("A bug")])(
    "ends all on: %s",
    async (error) => {
      const a = world.join("a");
      a.fail(3, error);
      await world.pass(3000);
      expect(a.outcome).toEqual({ error });
      expect(a.working.size).toBe(0);
    },
  );
});
