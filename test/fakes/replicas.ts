import { Unavailable } from "../../connector/errors.ts";
import { openShares, type Division } from "../../connector/flow/sharing/open-shares.ts";
import type { Share, Shares } from "../../connector/flow/shares.ts";
import type { Journal } from "../../connector/journal/journal.ts";
import { manualClock } from "./manual-clock.ts";

export const LEASE_MS = 15_000;
/** All clocks go on by so much at a time. */
export const STEP_MS = 500;

/** "lost": what is written is written, but the answer never comes. */
export type Line = "up" | "away" | "lost";

/** One connector's part in the division, whose process and whose line to the journal the test holds in its hands. */
export interface Player {
  readonly name: string;
  readonly shares: Shares;
  line: Line;
  isFrozen: boolean;
  isDead: boolean;
  /** When the heartbeat began that was last written, by the time of the world. */
  confirmedMs: number;
  /** On these something is at work that has not been told to end. */
  readonly working: ReadonlySet<Share>;
  /** What was ever begun for a share, and for all partitions together. */
  readonly begun: readonly Share[];
  readonly rounds: readonly (readonly number[])[];
  readonly reasons: readonly unknown[];
  readonly divisions: readonly Division[];
  /** Work that was told to end ends only when this is called with false. */
  linger(slowly: boolean): void;
  /** Lets the work on this share fail: what is at work, or else what begins next. */
  fail(share: Share, error: Error): void;
  /** How `each` ended; undefined: it has not. */
  readonly outcome: { readonly error?: unknown } | undefined;
  leave(): void;
}

export interface World extends AsyncDisposable {
  readonly players: readonly Player[];
  join(name: string): Player;
  /** Lets the time pass, and all that happens in it. */
  pass(ms: number): Promise<void>;
  freeze(player: Player): void;
  thaw(player: Player): void;
  kill(player: Player): void;
  nowMs(): number;
  /** Called after every step. */
  onStep: () => void;
}

interface Body extends Player {
  readonly clock: ReturnType<typeof manualClock>;
  readonly stop: AbortController;
  readonly open: AsyncDisposable;
  owedMs: number;
  /** Calls that wait until it is thawed. */
  asleep: (() => void)[];
}

export function openWorld(journal: Journal, partitions: number): World {
  const players: Body[] = [];
  let nowMs = 0;
  let underWay = 0;

  /** Whoever is frozen neither asks nor hears. */
  async function untilAwake(body: Body): Promise<void> {
    while (body.isFrozen) {
      underWay -= 1;
      await new Promise<void>((resolve) => body.asleep.push(resolve));
      underWay += 1;
    }
  }

  function wake(body: Body): void {
    for (const one of body.asleep.splice(0)) one();
  }

  async function ask<T>(body: Body, action: () => Promise<T>): Promise<T> {
    underWay += 1;
    try {
      await untilAwake(body);
      if (body.line === "away") throw new Unavailable("The journal is away");
      const answer = await action();
      await untilAwake(body);
      if (body.line === "lost") throw new Unavailable("The answer is lost");
      return answer;
    } finally {
      underWay -= 1;
    }
  }

  function toLine(body: Body): Journal {
    return {
      ...journal,
      isShared: true,
      get: (key) => ask(body, () => journal.get(key)),
      remove: (key, revision) => ask(body, () => journal.remove(key, revision)),
      put: async (key, value, revision) => {
        const beganMs = nowMs;
        const written = await ask(body, () => journal.put(key, value, revision));
        if (written !== undefined && key.startsWith("replica/")) body.confirmedMs = beganMs;
        return written;
      },
      list: async function* (prefix) {
        yield* await ask(body, () => Array.fromAsync(journal.list(prefix)));
      },
    };
  }

  /** Until nobody waits for the journal any more, but for those who are frozen. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet = underWay === 0 ? quiet + 1 : 0) await new Promise(setImmediate);
  }

  function join(name: string): Player {
    const clock = manualClock();
    const stop = new AbortController();
    const working = new Set<Share>();
    const [begun, rounds, reasons, divisions]: [Share[], (readonly number[])[], unknown[], Division[]] = [
      [],
      [],
      [],
      [],
    ];
    const errors = new Map<Share, Error>();
    const failing = new Map<Share, (error: unknown) => void>();
    let isSlow = false;
    const goOn: (() => void)[] = [];
    let lives = 0;

    async function work(share: Share, held: AbortSignal): Promise<void> {
      begun.push(share);
      const error = errors.get(share);
      errors.delete(share);
      if (error !== undefined) throw error;
      working.add(share);
      await new Promise<void>((resolve, reject) => {
        held.addEventListener("abort", () => resolve());
        failing.set(share, reject);
      }).finally(() => {
        failing.delete(share);
        working.delete(share);
      });
      reasons.push(held.reason);
      if (isSlow) await new Promise<void>((resolve) => goOn.push(resolve));
    }

    const body: Body = {
      name,
      clock,
      stop,
      working,
      begun,
      rounds,
      reasons,
      divisions,
      line: "up",
      isFrozen: false,
      isDead: false,
      confirmedMs: -Infinity,
      owedMs: 0,
      asleep: [],
      outcome: undefined,
      linger: (slowly) => {
        isSlow = slowly;
        if (!slowly) for (const one of goOn.splice(0)) one();
      },
      fail: (share, error) => {
        const fail = failing.get(share);
        if (fail === undefined) errors.set(share, error);
        else fail(error);
      },
      leave: () => stop.abort(),
      get shares() {
        return open;
      },
      get open() {
        return open;
      },
    };
    const open = openShares(
      {
        journal: toLine(body),
        clock,
        partitions,
        replica: { host: "test", pid: 1 },
        toId: () => `${name}-${(lives += 1)}`,
        onChange: (division) => divisions.push(division),
      },
      stop.signal,
    );
    const end = (outcome: { error?: unknown }): void => void Object.assign(body, { outcome });
    open.each(work).then(
      () => end({}),
      (error: unknown) => end({ error }),
    );
    void open.together(async (numbers, held) => {
      rounds.push(numbers);
      await new Promise<void>((resolve) => held.addEventListener("abort", () => resolve()));
    });
    players.push(body);
    return body;
  }

  const toBody = (player: Player): Body => player as Body;

  const world: World = {
    players,
    join,
    nowMs: () => nowMs,
    onStep: () => undefined,
    pass: async (ms) => {
      await settle();
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        nowMs += STEP_MS;
        for (const body of players) {
          if (body.isFrozen) body.owedMs += STEP_MS;
          else body.clock.advance(STEP_MS);
        }
        await settle();
        world.onStep();
      }
    },
    freeze: (player) => {
      player.isFrozen = true;
    },
    thaw: (player) => {
      const body = toBody(player);
      body.isFrozen = false;
      body.clock.advance(body.owedMs);
      body.owedMs = 0;
      wake(body);
    },
    kill: (player) => {
      player.isFrozen = true;
      player.isDead = true;
    },
    [Symbol.asyncDispose]: async () => {
      for (const body of players) {
        if (body.isDead) body.line = "away";
        body.linger(false);
        body.isFrozen = false;
        wake(body);
        body.stop.abort();
      }
      await Promise.all(players.map(({ open }) => open[Symbol.asyncDispose]()));
    },
  };
  return world;
}

/** Nobody works on a share while another one may. */
export function findShared(world: World): readonly Share[] {
  const believers = world.players.filter(({ isDead, isFrozen, confirmedMs }) =>
    isDead || isFrozen ? world.nowMs() - confirmedMs < LEASE_MS : true,
  );
  const held = believers.flatMap(({ shares }) => [...shares.held]);
  return held.filter((share, index) => held.indexOf(share) !== index);
}
