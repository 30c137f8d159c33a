import path from "node:path";
import { toMb, type Bringer } from "./bringer.ts";
import { startByHand } from "./by-hand-process.ts";
import { startConnector } from "./connector.ts";
import { openCrowd, type Crowd, type Said } from "./crowd.ts";
import { round } from "./figures.ts";
import { copyJournal } from "./journal-file.ts";
import { toMachine } from "./machine.ts";
import { measureCeiling } from "./scenes/ceiling.ts";
import { measureHearing } from "./scenes/hearing.ts";
import { measureLatency } from "./scenes/latency.ts";
import { measureColdStart, measureWarmStart } from "./scenes/start-up.ts";
import { measureThroughput } from "./scenes/throughput.ts";
import { openWorld, type World } from "./world.ts";

/** Of one author there is never more than one among them. */
const AT_ONCE = 50;

export interface BenchOptions {
  /** Stand on the network before the connector starts. */
  readonly posts: number;
  /** Of the stretch at an even pace. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly starts: number;
  readonly journalEntries: number;
  readonly composites: number;
  /** A folder that is empty and will be removed. */
  readonly dir: string;
  /** Told what is being measured now. */
  readonly onScene: (scene: string) => void;
}

export type Report = Awaited<ReturnType<typeof runBench>>;

/** Everything in one run on one machine; each side has a fresh org and a fresh network of its own. */
export async function runBench(options: BenchOptions, signal: AbortSignal) {
  const { dir, composites, onScene } = options;
  const earshot = await measureEarshot(options, signal);
  const byHand = await measureByHand(options, signal);
  onScene("what the org takes at most");
  await using world = await openWorld(path.join(dir, "ceiling"), signal);
  const ceiling = await measureCeiling(world, composites);
  const { throughput, latency } = earshot;
  return {
    machine: toMachine(),
    ...earshot,
    byHand,
    ceiling,
    ratio: {
      postsPerSecond: round(throughput.postsPerSecond / byHand.throughput.postsPerSecond),
      callsPer1000: round(byHand.throughput.callsPer1000 / throughput.callsPer1000),
      p50: round(byHand.latency.p50Ms / latency.p50Ms),
      p95: round(byHand.latency.p95Ms / latency.p95Ms),
    },
  };
}

async function measureEarshot(options: BenchOptions, signal: AbortSignal) {
  const { dir, starts, journalEntries, onScene } = options;
  await using world = await openWorld(path.join(dir, "earshot"), signal);
  const [home, listener] = [path.join(world.dir, "connector"), path.join(world.dir, "listener")];
  onScene("start-up, cold");
  const cold = await measureColdStart(world, home, starts);
  copyJournal(home, listener);
  const crowd = await openCrowd(world.networkUrl);
  onScene(`${options.posts} people's posts gather on the network`);
  const said = await sayAll(crowd, options.posts);
  onScene("hearing alone, without a CRM");
  const hearing = await measureHearing(world, { dir: listener, posts: said.length });
  onScene("from the network to the Case");
  const start = () => startConnector(world, { dir: home });
  const loop = await measureLoop(world, { ...options, crowd, said, start, idleCpuSeconds: cold.cpuSeconds });
  onScene(`start-up with ${journalEntries} entries in the journal`);
  const withJournal = await measureWarmStart(world, { dir: home, entries: journalEntries, times: starts });
  return { startUp: { cold, withJournal }, hearing, ...loop };
}

async function measureByHand(options: BenchOptions, signal: AbortSignal) {
  const { dir, onScene } = options;
  await using world = await openWorld(path.join(dir, "by-hand"), signal);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, options.posts);
  onScene("by hand: from the network to the Case, one call per record");
  return await measureLoop(world, { ...options, crowd, said, start: () => startByHand(world), idleCpuSeconds: 0 });
}

interface Stretch extends BenchOptions {
  readonly crowd: Crowd;
  readonly said: readonly Said[];
  readonly idleCpuSeconds: number;
  readonly start: () => Bringer;
}

/** What has gathered is brought over, then the same process goes on at an even pace. */
async function measureLoop(world: World, { crowd, said, idleCpuSeconds, start, perSecond, seconds, onScene }: Stretch) {
  const before = await world.usage();
  await using bringer = start();
  const throughput = await measureThroughput(world, { said, bringer, before, idleCpuSeconds });
  const afterBacklog = await bringer.usage();
  onScene(`${perSecond} posts a second for ${seconds} s`);
  const latency = await measureLatency(world, { crowd, first: said.length, perSecond, seconds });
  const afterPace = await bringer.usage();
  const memory = { afterBacklogMb: toMb(afterBacklog.rssBytes), afterPaceMb: toMb(afterPace.rssBytes) };
  return { throughput, latency, memory };
}

/** In order, so that those of one author stand in the order in which they were said; many authors at once. */
async function sayAll(crowd: Crowd, posts: number): Promise<readonly Said[]> {
  const said: Said[] = [];
  for (let first = 0; first < posts; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, posts - first) }, (_, n) => first + n);
    said.push(...(await Promise.all(numbers.map((n) => crowd.say(n)))));
  }
  return said;
}
