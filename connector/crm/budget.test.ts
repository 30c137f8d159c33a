import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { Unavailable } from "../errors.ts";
import type { Doc, Journal } from "../journal/journal.ts";
import { openBudget, type Budget, type Urgency } from "./budget.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const never = new AbortController().signal;
const URGENCIES: readonly Urgency[] = ["reply", "urgent", "usual", "later"];

type Documents = Pick<Journal, "get" | "put">;

/** The journal's documents, in memory. */
function toDocuments(): Documents & { readonly writes: number } {
  const docs = new Map<string, Doc>();
  let writes = 0;
  return {
    get writes() {
      return writes;
    },
    get: (key) => Promise.resolve(docs.get(key)),
    put(key, value, revision) {
      if ((docs.get(key)?.revision ?? 0) !== revision) return Promise.resolve(undefined);
      writes += 1;
      docs.set(key, { key, value, revision: revision + 1 });
      return Promise.resolve(revision + 1);
    },
  };
}

/** Everything that can happen without time passing has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
}

interface Place {
  readonly clock: ManualClock;
  readonly journal: ReturnType<typeof toDocuments>;
  budget: Budget;
  /** When calls went, by the clock. */
  readonly gone: { readonly atMs: number; readonly urgency: Urgency }[];
  /** Asks for a call and does not wait for it. */
  ask(urgency: Urgency, signal?: AbortSignal): void;
  /** Asks until nothing more goes at once. */
  exhaust(urgency: Urgency): Promise<number>;
  open(): Promise<Budget>;
}

/** A budget of half of the org's calls. */
async function openPlace({ limit = 2000 }: { limit?: number } = {}): Promise<Place> {
  const clock = manualClock();
  const journal = toDocuments();
  const gone: { atMs: number; urgency: Urgency }[] = [];
  const open = async (): Promise<Budget> => {
    const budget = await openBudget({ clock, journal, share: 0.5 });
    budget.told({ used: 0, limit });
    return budget;
  };
  const place: Place = {
    clock,
    journal,
    gone,
    budget: await open(),
    open,
    ask(urgency, signal = never) {
      const taking = place.budget.take("test", urgency, signal);
      taking.then(() => gone.push({ atMs: clock.monotonicMs(), urgency })).catch(() => undefined);
    },
    async exhaust(urgency) {
      const before = gone.length;
      const enough = new AbortController();
      for (let known = -1; known < gone.length;) {
        known = gone.length;
        for (let call = 0; call < 20; call++) place.ask(urgency, enough.signal);
        await settled();
      }
      enough.abort();
      await settled();
      return gone.length - before;
    },
  };
  return place;
}

function toMostInADay(moments: readonly number[]): number {
  let [from, most] = [0, 0];
  moments.forEach((atMs, index) => {
    while ((moments[from] ?? 0) <= atMs - DAY_MS) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

/** Numbers that look random and are the same every time. */
function toRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe("in any 24 hours", () => {
  test.each([1, 2, 3, 4, 5])("no more calls go than our share, whatever comes when (%i)", async (seed) => {
    const random = toRandom(seed);
    const place = await openPlace();
    let life = new AbortController();
    for (let step = 0; step < 400; step++) {
      const urgency = URGENCIES[Math.floor(random() * 4)] ?? "usual";
      for (let calls = Math.floor(random() ** 4 * 120); calls > 0; calls--) place.ask(urgency, life.signal);
      await settled();
      const fate = random();
      if (fate < 0.04) await place.budget[Symbol.asyncDispose]();
      if (fate < 0.08) {
        life.abort();
        life = new AbortController();
        await settled();
        place.budget = await place.open();
      }
      place.clock.advance(random() < 0.03 ? random() * 20 * HOUR_MS : random() * 20 * MINUTE_MS);
      await settled();
    }
    const most = toMostInADay(place.gone.map(({ atMs }) => atMs));
    expect(most).toBeLessThanOrEqual(1000);
    expect(most).toBeGreaterThan(600);
  });

  test("who asks without end gets nearly all of the share", async () => {
    const place = await openPlace();
    await place.exhaust("reply");
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      place.clock.advance(10 * MINUTE_MS - 1);
      await place.exhaust("reply");
    }
    expect(place.gone.length).toBeLessThanOrEqual(1000);
    expect(place.gone.length).toBeGreaterThan(970);
    expect(place.budget.state()).toMatchObject({ allowed: 1000, left: 0 });
  });

  test("two processes with one journal share one budget", async () => {
    const place = await openPlace();
    const one = place.budget;
    const other = await place.open();
    for (let turn = 0; turn < 10; turn++) {
      place.budget = turn % 2 === 0 ? one : other;
      await place.exhaust("reply");
    }
    expect(place.gone.length).toBeLessThanOrEqual(105);
  });

  test("until the org has told its limit, little is assumed", async () => {
    const place = await openPlace();
    place.budget = await openBudget({ clock: place.clock, journal: toDocuments(), share: 0.5 });
    expect(await place.exhaust("reply")).toBe(50);
    place.budget.told({ used: 50, limit: 100_000 });
    expect(await place.exhaust("reply")).toBe(4950);
  });
});

describe("a restart", () => {
  test.each(["in order", "by a crash"])("%s gives nothing back", async (how) => {
    const place = await openPlace();
    expect(await place.exhaust("reply")).toBe(100);
    if (how === "in order") await place.budget[Symbol.asyncDispose]();
    place.budget = await place.open();
    expect(await place.exhaust("reply")).toBe(0);
    expect(place.budget.state().used).toBeGreaterThanOrEqual(95);
    place.clock.advance(DAY_MS);
    expect(await place.exhaust("reply")).toBe(100);
  });

  test("in order costs nothing; by a crash it costs a few calls", async () => {
    const place = await openPlace();
    place.ask("usual");
    await settled();
    await place.budget[Symbol.asyncDispose]();
    place.budget = await place.open();
    expect(place.budget.state().left).toBe(99);
    place.ask("usual");
    await settled();
    place.budget = await place.open();
    expect(place.budget.state().left).toBeGreaterThanOrEqual(94);
  });

  test("after which the clock was set back refills nothing, and later goes on as ever", async () => {
    const place = await openPlace();
    await place.exhaust("reply");
    const behind = manualClock("2025-01-01T00:00:00.000Z");
    place.budget = await openBudget({ clock: behind, journal: place.journal, share: 0.5 });
    expect(place.budget.state().left).toBe(0);
    behind.advance(DAY_MS);
    expect(place.budget.state().left).toBe(100);
  });
});

describe("who waits", () => {
  test("goes in the order of urgency, the oldest first", async () => {
    const place = await openPlace();
    await place.exhaust("reply");
    place.gone.length = 0;
    for (const urgency of URGENCIES.toReversed()) place.ask(urgency);
    await settled();
    expect(place.budget.state().held).toMatchObject({ calls: 4, mostUrgent: "reply" });
    for (let step = 0; step < 24 * 6; step++) {
      place.clock.advance(10 * MINUTE_MS);
      await settled();
    }
    expect(place.gone.map(({ urgency }) => urgency)).toEqual(URGENCIES);
    expect(place.budget.state().held).toBeUndefined();
  });

  test("leaves enough in the bucket for what is more urgent", async () => {
    const place = await openPlace();
    expect(await place.exhaust("later")).toBe(60);
    expect(await place.exhaust("usual")).toBe(25);
    expect(await place.exhaust("urgent")).toBe(12);
    expect(await place.exhaust("reply")).toBe(3);
  });

  test("may give up, and holds up nobody then", async () => {
    const place = await openPlace();
    await place.exhaust("reply");
    const stop = new AbortController();
    const taking = place.budget.take("test", "reply", stop.signal);
    stop.abort(new Error("enough"));
    await expect(taking).rejects.toThrow("enough");
    expect(place.budget.state().held).toBeUndefined();
    await expect(place.budget.take("test", "reply", stop.signal)).rejects.toThrow("enough");
  });

  test("is told when all ends", async () => {
    const place = await openPlace();
    await place.exhaust("reply");
    const taking = place.budget.take("test", "reply", never);
    await Promise.all([expect(taking).rejects.toThrow(Unavailable), place.budget[Symbol.asyncDispose]()]);
    await expect(place.budget.take("test", "reply", never)).rejects.toThrow(Unavailable);
  });

  test("waits as the journal does while that cannot be written", async () => {
    const documents = toDocuments();
    let isFull = true;
    const journal: Documents = {
      ...documents,
      put: (...args) => (isFull ? Promise.reject(new Unavailable("The disk is full")) : documents.put(...args)),
    };
    const budget = await openBudget({ clock: manualClock(), journal, share: 0.5 });
    await expect(budget.take("test", "urgent", never)).rejects.toThrow("The disk is full");
    isFull = false;
    await expect(budget.take("test", "urgent", never)).resolves.toBeUndefined();
  });
});

describe("an org that runs out of calls by others", () => {
  test("is left what it has; what is urgent goes longest", async () => {
    const place = await openPlace();
    place.budget.told({ used: 1950, limit: 2000 });
    expect(await place.exhaust("later")).toBe(0);
    place.budget.told({ used: 1970, limit: 2000 });
    expect(await place.exhaust("usual")).toBe(0);
    place.budget.told({ used: 1985, limit: 2000 });
    expect(await place.exhaust("urgent")).toBe(0);
    place.ask("reply");
    await settled();
    expect(place.gone).toHaveLength(1);
    place.budget.told({ used: 1995, limit: 2000 });
    expect(await place.exhaust("reply")).toBe(0);
    place.budget.told({ used: 100, limit: 2000 });
    expect(await place.exhaust("later")).toBeGreaterThan(50);
  });

  test("is asked by one call after a quarter of an hour, less often while it refuses, until it has calls again", async () => {
    const place = await openPlace();
    place.budget.told({ used: 1990, limit: 2000 });
    place.budget.refused();
    for (let call = 0; call < 5; call++) place.ask("urgent");
    const askedAfter: number[] = [];
    for (let minute = 1; minute <= 180; minute++) {
      const before = place.gone.length;
      place.clock.advance(MINUTE_MS);
      await settled();
      if (place.gone.length === before) continue;
      expect(place.gone.length).toBe(before + 1);
      askedAfter.push(minute);
      place.budget.refused();
    }
    expect(askedAfter).toEqual([15, 45, 105, 165]);
    place.budget.told({ used: 1000, limit: 2000 });
    await settled();
    expect(place.gone).toHaveLength(5);
  });
});

test("an org that refuses a call although it had plenty is asked again soon, then less and less often", async () => {
  const place = await openPlace();
  place.budget.refused();
  place.ask("urgent");
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const { nextInMs = 0 } = place.budget.state().held ?? {};
    waits.push(nextInMs / 1000);
    place.clock.advance(nextInMs);
    await settled();
    place.budget.refused();
    place.ask("urgent");
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
});

describe("a batch waits for company", () => {
  test("hardly at all while there are plenty of calls", async () => {
    const { budget } = await openPlace({ limit: 100_000 });
    expect(budget.lingerMs(true)).toBe(150);
    expect(budget.lingerMs(false)).toBe(2000);
  });

  test.each([
    ["urgent", true, 60_000, 0.06],
    ["not urgent", false, 600_000, 0.18],
  ])("longer the fewer are left, where it is %s; then it may not begin", async (_kind, urgent, mostMs, share) => {
    const place = await openPlace({ limit: 15_000 });
    let [lingerMs, left] = [0, 0];
    for (let next = 1; next < Infinity; next = place.budget.lingerMs(urgent)) {
      expect(next).toBeGreaterThanOrEqual(lingerMs);
      [lingerMs, left] = [next, place.budget.state().left];
      place.ask("reply");
      await settled();
    }
    expect(lingerMs / mostMs).toBeGreaterThan(0.95);
    expect(lingerMs / mostMs).toBeLessThanOrEqual(1);
    expect(left / 750).toBeCloseTo(share, 2);
    await place.exhaust("reply");
    expect(place.budget.lingerMs(urgent)).toBe(Infinity);
    place.clock.advance(DAY_MS);
    expect(place.budget.lingerMs(urgent)).toBe(urgent ? 150 : 2000);
  });

  test("as long as the refill takes where posts never end, without swinging", async () => {
    const place = await openPlace({ limit: 100_000 });
    const lingers: number[] = [];
    for (let batch = 0; place.clock.monotonicMs() < 20 * HOUR_MS; batch++) {
      const lingerMs = place.budget.lingerMs(true);
      if (place.clock.monotonicMs() > 2 * HOUR_MS) lingers.push(lingerMs);
      place.clock.advance(lingerMs + 200);
      for (let call = 0; call < 2 + (batch % 2); call++) place.ask("urgent");
      await settled();
    }
    const [shortest, longest] = [Math.min(...lingers), Math.max(...lingers)];
    expect(longest / shortest).toBeLessThan(1.05);
    expect(longest).toBeGreaterThan(3000);
    expect(longest).toBeLessThan(6000);
    expect(place.budget.state().left).toBeGreaterThan(2000);
  }, 30_000);

  test("longer where the org itself is nearly out of calls", async () => {
    const { budget } = await openPlace({ limit: 100_000 });
    budget.told({ used: 90_000, limit: 100_000 });
    expect(budget.lingerMs(true)).toBeGreaterThan(2000);
  });
});

test("people's changes are looked for within a minute until next to nothing is left", async () => {
  const place = await openPlace();
  expect(place.budget.pauseMs(15_000)).toBe(15_000);
  await place.exhaust("usual");
  expect(place.budget.pauseMs(15_000)).toBeGreaterThan(50_000);
  expect(place.budget.pauseMs(15_000)).toBeLessThan(75_000);
  await place.exhaust("reply");
  expect(place.budget.pauseMs(15_000)).toBeCloseTo(300_000);
  expect(place.budget.pauseMs(600_000)).toBeCloseTo(600_000);
});

test("the journal is seldom written to", async () => {
  const place = await openPlace({ limit: 200_000 });
  for (let second = 0; second < 3600; second++) {
    place.ask("usual");
    place.clock.advance(1000);
    await settled();
  }
  expect(place.gone).toHaveLength(3600);
  expect(place.journal.writes).toBeLessThan(360);
});
