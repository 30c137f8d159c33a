import { setTimeout as delay } from "node:timers/promises";
import { readEvidence, type Evidence } from "../../test/journeys/town/evidence.ts";
import { judge, type Finding } from "../../test/journeys/town/oracle.ts";
import type { Doings, Said, Town } from "../../test/journeys/town/town.ts";
import type { JournalView, Stood } from "./journal-view.ts";
import { findDisorder, type Disorder } from "./order.ts";
import { findUnheard, findUntold } from "./unheard.ts";
import type { World } from "./world.ts";

const LOOK_MS = 1000;
/** Nothing has moved for so long: it is at rest. */
const QUIET_MS = 4000;
/** When nothing has moved for so long, nothing will. */
const PATIENCE_MS = 45_000;

export interface DrainOptions {
  readonly world: World;
  readonly towns: readonly Town[];
  readonly view: JournalView;
  /** Everything must have come to rest in this time. */
  readonly withinMs: number;
  readonly onLook: (lag: number) => void;
}

export interface Rest {
  readonly findings: readonly Finding[];
  readonly disorder: readonly Disorder[];
  /** Posts that changed, and whose old words stand because nobody was told. */
  readonly untold: ReadonlySet<string>;
  readonly drainMs: number;
}

/**
 * Nothing goes wrong any more and nobody does anything: what is wrong when all has come to rest? What is not right yet has
 * time to become so, as long as something still moves.
 */
export async function drain(options: DrainOptions, signal: AbortSignal): Promise<Rest> {
  const startMs = performance.now();
  const endMs = startMs + options.withinMs;
  for (;;) {
    await untilQuiet(options, { quietMs: QUIET_MS, endMs }, signal);
    const drainMs = performance.now() - startMs;
    const entries = await options.view.entries();
    const doings = toAllDoings(options.towns);
    const { said } = doings;
    const evidence = await readAll(options);
    const all = [...findUnheard(said, evidence.network, entries), ...judge(doings, evidence)];
    const words = new Set(evidence.words.map(({ word }) => word));
    const untold = findUntold(said, { findings: all, entries, words });
    const findings = all.filter(({ post }) => post === undefined || !untold.has(post));
    const isEnd = performance.now() > endMs || !findings.some(isOpen);
    if (isEnd || !(await untilMoved(options, signal))) {
      return { findings, untold, disorder: findAllDisorder(said, entries), drainMs };
    }
  }
}

/** These no waiting mends. */
const isOpen = ({ kind }: Finding): boolean => kind !== "Checking" && kind !== "parked";

interface Quiet {
  readonly quietMs: number;
  readonly endMs: number;
}

async function untilQuiet(
  { view, onLook }: DrainOptions,
  { quietMs, endMs }: Quiet,
  signal: AbortSignal,
): Promise<void> {
  let [before, sinceMs] = ["", performance.now()];
  while (performance.now() < endMs) {
    const { lag, stand, aside } = await view.stand();
    onLook(lag + aside);
    if (stand !== before) [before, sinceMs] = [stand, performance.now()];
    if (lag + aside === 0 && performance.now() - sinceMs > quietMs) return;
    await delay(LOOK_MS, undefined, { signal });
  }
}

/** false: nothing did, for so long that nothing will. */
async function untilMoved({ view, onLook }: DrainOptions, signal: AbortSignal): Promise<boolean> {
  const { stand: before } = await view.stand();
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs;) {
    const { lag, stand, aside } = await view.stand();
    onLook(lag + aside);
    if (stand !== before) return true;
    await delay(LOOK_MS, undefined, { signal });
  }
  return false;
}

async function readAll({ world, view }: DrainOptions): Promise<Evidence> {
  const networkFiles = Object.fromEntries(world.places.map(({ host, file }) => [host, file]));
  return readEvidence({ orgFile: world.orgFile, networkFiles, journal: await view.read() });
}

function toAllDoings(towns: readonly Town[]): Doings {
  const [first] = towns;
  if (first === undefined) throw new Error("There are no towns");
  return {
    company: first.company,
    said: towns.flatMap(({ said }) => said),
    answers: towns.flatMap(({ answers }) => answers),
    readings: towns.flatMap(({ readings }) => readings),
    decisions: new Map(towns.flatMap(({ decisions }) => [...decisions])),
    closings: new Map(towns.flatMap(({ closings }) => [...closings])),
    merged: new Map(towns.flatMap(({ merged }) => [...merged])),
  };
}

function findAllDisorder(said: readonly Said[], entries: readonly Stood[]): readonly Disorder[] {
  const saidBy = new Map(said.map((one) => [one.key, one]));
  return findDisorder(entries, (post) => saidBy.get(post)?.by.person.handle);
}
