import { toChance, type Chance } from "../fuzz/random.ts";

/** Something that goes wrong, and when; all of it follows from the seed. */
export type Blow = { readonly atMs: number } &
  /** kill -9 of a connector, which is started anew after so long. */
  (
    | { readonly what: "kill"; readonly replica: number; readonly lastMs: number }
    /** A connector stands still for so long: longer than its lease. */
    | { readonly what: "freeze"; readonly replica: number; readonly lastMs: number }
    /** The standby does not answer for so long, so nobody can write. */
    | { readonly what: "standby stalls"; readonly lastMs: number }
    | { readonly what: "database fails over" | "database crashes" | "database cuts lines" }
    | { readonly what: "org fails" }
    | { readonly what: "network fails" | "streams drop"; readonly town: number }
  );
export type What = Blow["what"];

export interface CalendarOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly replicas: number;
  readonly towns: number;
  /** The journal stands on a database server that can fail. */
  readonly hasDatabase: boolean;
}

const EVERY_MS = { kill: 30_000, freeze: 60_000, database: 30_000, org: 3000, network: 4000, streams: 25_000 };
const DATABASE = [
  "database fails over",
  "standby stalls",
  "database crashes",
  "database fails over",
  "database cuts lines",
] as const;
const FREEZE_MS = { least: 20_000, most: 40_000 };
const DOWN_MS = 8000;
const STALL_MS = { least: 1000, most: 6000 };

/** What goes wrong, in the order of time; what lasts is over before the end. */
export function toCalendar({ seed, durationMs, replicas, towns, hasDatabase }: CalendarOptions): readonly Blow[] {
  const chance = toChance(seed);
  /** Once in each stretch, somewhere in its middle. */
  const spread = (everyMs: number, toBlow: (atMs: number, nth: number) => Blow): Blow[] =>
    Array.from({ length: Math.ceil(durationMs / everyMs) }, (_, nth) =>
      toBlow(Math.round((nth + 0.2 + chance.below(600) / 1000) * everyMs), nth),
    );
  const replica = (): number => chance.below(replicas);
  const town = (): number => chance.below(towns);
  const blows: readonly Blow[] = [
    ...spread(EVERY_MS.kill, (atMs) => ({ what: "kill", atMs, replica: replica(), lastMs: chance.below(DOWN_MS) })),
    ...spread(EVERY_MS.freeze, (atMs) => ({
      what: "freeze",
      atMs,
      replica: replica(),
      lastMs: within(chance, FREEZE_MS),
    })),
    ...(hasDatabase
      ? spread(EVERY_MS.database, (atMs, nth) => toDatabaseBlow(atMs, nth, within(chance, STALL_MS)))
      : []),
    ...spread(EVERY_MS.org, (atMs) => ({ what: "org fails", atMs })),
    ...spread(EVERY_MS.network, (atMs) => ({ what: "network fails", atMs, town: town() })),
    ...spread(EVERY_MS.streams, (atMs) => ({ what: "streams drop", atMs, town: town() })),
  ];
  const freezes = blows.filter(({ what }) => what === "freeze");
  const isOverInTime = (blow: Blow): boolean => blow.atMs + ("lastMs" in blow ? blow.lastMs : 0) < durationMs;
  return blows
    .flatMap((blow) => {
      const turns = Array.from({ length: replicas }, (_, turn) => toTurned(blow, turn, replicas));
      return turns.find((turned) => !freezes.some((freeze) => spoils(turned, freeze))) ?? [];
    })
    .filter(isOverInTime)
    .toSorted((one, other) => one.atMs - other.atMs);
}

/** So long a connector takes to be at work after a kill. */
const RISE_MS = 15_000;

/** Would this kill end that freeze, or leave nobody to freeze? */
function spoils(kill: Blow, freeze: Blow): boolean {
  if (kill.what !== "kill" || freeze.what !== "freeze" || kill.replica !== freeze.replica) return false;
  return kill.atMs + kill.lastMs + RISE_MS > freeze.atMs && kill.atMs < freeze.atMs + freeze.lastMs;
}

/** The same to another connector. */
function toTurned(blow: Blow, by: number, replicas: number): Blow {
  return "replica" in blow ? { ...blow, replica: (blow.replica + by) % replicas } : blow;
}

function toDatabaseBlow(atMs: number, nth: number, lastMs: number): Blow {
  const what = DATABASE[nth % DATABASE.length] ?? "database fails over";
  return what === "standby stalls" ? { what, atMs, lastMs } : { what, atMs };
}

function within(chance: Chance, { least, most }: { readonly least: number; readonly most: number }): number {
  return least + chance.below(most - least);
}

/** So much each connector's clock is ahead of the true time; behind it where negative. */
export function toSkews(seed: number, replicas: number, mostMs: number): readonly number[] {
  const chance = toChance(seed + 1);
  return Array.from({ length: replicas }, () => chance.below(2 * mostMs) - mostMs);
}
