import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { leapingClock, type LeapingClock } from "../fakes/leaping-clock.ts";
import type { CrmUser } from "./crm-user.ts";
import { openTap, type Tap } from "./kill/tap.ts";
import { readWholeOrg, type WholeOrg } from "./whole-org.ts";
import { openWorld, waitFor, type World } from "./world.ts";

/** A world whose org can go away, for the connector alone, and whose days pass when the test says so. */
export interface AwayWorld extends World {
  readonly clock: LeapingClock;
  readonly rita: CrmUser;
  /** From now on nothing of the org answers the connector, its login neither. */
  orgGoes(): void;
  /** The org answers again, and others have left it so many calls of its day. Calls count from here. */
  orgComesBack(callsLeft: number): Promise<void>;
  /** How many calls the connector has made since, whatever for. */
  calls(): Promise<number>;
  /** Lets time pass, so much from look to look, until `look` gives something. */
  inTime<T>(what: string, stepMs: number, look: () => T | undefined | false): Promise<T>;
  /** What the connector says of a part of itself, and whether it calls itself ready. */
  told(part: string): Promise<{ readonly ready: boolean; readonly state?: string; readonly detail?: string }>;
  /** Entries of the log "posts", handled or not. */
  heard(): number;
  org(): WholeOrg;
  /** Do these words stand in the bytes of the journal's files? */
  isInJournal(words: string): boolean;
}

const AT_ONCE = 20;

/** `callsADay`: the org's limit. */
export async function openAwayWorld(callsADay: number): Promise<AwayWorld> {
  const clock = leapingClock();
  let isAway = false;
  const fuse = {
    begin: () => (isAway ? undefined : 1),
    happened: () => !isAway,
    blow: () => undefined,
    isBlown: false,
    counts: { "journal write": 0, "CRM request": 0, "network request": 0 },
  };
  let line: Tap | undefined;
  const open = await openWorld({
    stopped: true,
    clock,
    now: clock.nowMs,
    config: (config) => ({
      ...config,
      salesforce: { ...config.salesforce, sweepSeconds: 60, loginUrl: line?.url ?? config.salesforce.loginUrl },
    }),
  });
  // Its `config` is read anew each time.
  const world: World = Object.create(open) as World;
  const { orgUrl } = world.sandbox;
  const tap = (line = await openTap(orgUrl, "CRM request", fuse));
  await post(`${orgUrl}/sandbox/limits`, { dailyApiRequests: callsADay });
  await world.connector.start();
  const ada = world.crmUser("ada");
  const close = (): PromiseLike<void> => open[Symbol.asyncDispose]();
  return Object.assign(world, {
    clock,
    rita: world.crmUser("rita"),
    orgGoes() {
      isAway = true;
      tap.cut();
    },
    async orgComesBack(callsLeft: number) {
      const { used } = await readCalls(world);
      const others = callsADay - callsLeft - used;
      for (let made = 0; made < others; made += AT_ONCE) {
        const round = Array.from({ length: Math.min(AT_ONCE, others - made) });
        await Promise.all(round.map(() => ada.query("SELECT Id FROM Organization")));
      }
      await fetch(`${orgUrl}/sandbox/calls`, { method: "DELETE" });
      isAway = false;
    },
    async calls() {
      return Object.values((await readCalls(world)).byKind).reduce((sum, calls) => sum + calls, 0);
    },
    inTime: <T>(what: string, stepMs: number, look: () => T | undefined | false) =>
      waitFor(what, async () => {
        clock.leap(stepMs);
        return await Promise.resolve(look());
      }),
    async told(part: string) {
      const answer = await fetch(`${world.connector.url}/ready`);
      const { parts } = (await answer.json()) as { parts: Readonly<Record<string, { state: string; detail: string }>> };
      return { ready: answer.ok, ...parts[part] };
    },
    heard: () => count(world, "SELECT count(*) AS n FROM entry WHERE log = 'posts'"),
    org: () => readWholeOrg(world),
    isInJournal: (words: string) =>
      [world.config.journal, `${world.config.journal}-wal`]
        .filter((file) => existsSync(file))
        .some((file) => readFileSync(file).includes(words)),
    async [Symbol.asyncDispose]() {
      await close();
      await tap[Symbol.asyncDispose]();
    },
  });
}

function count({ config }: World, sql: string): number {
  using journal = new DatabaseSync(config.journal, { readOnly: true });
  return Number(journal.prepare(sql).get()?.["n"]);
}

async function readCalls({ sandbox }: World) {
  const answer = await fetch(`${sandbox.orgUrl}/sandbox/calls`);
  return (await answer.json()) as { readonly used: number; readonly byKind: Readonly<Record<string, number>> };
}

async function post(url: string, body: object): Promise<void> {
  await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}
