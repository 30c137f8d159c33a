import path from "node:path";
import { measureIdleByHand, startByHand } from "./by-hand-process.ts";
import { startConnector } from "./connector.ts";
import { openCrowd, sayAll } from "./crowd.ts";
import { round } from "./figures.ts";
import { copyJournal } from "./journal-file.ts";
import { toMachine } from "./machine.ts";
import { measureCeiling, type Ceiling } from "./scenes/ceiling.ts";
import { measureFar } from "./scenes/far.ts";
import { measureHearing } from "./scenes/hearing.ts";
import { measureLoop, type Loop } from "./scenes/loop.ts";
import { measureColdStart, measureWarmStart } from "./scenes/start-up.ts";
import { openWorld } from "./world.ts";

export interface Sizes {
  /** Stand on the network before the connector starts. */
  readonly posts: number;
  /** Of the stretch at an even pace. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly starts: number;
  readonly journalEntries: number;
  readonly composites: number;
  /** To an org that is far away, and how many posts are brought there: by the connector, by hand. */
  readonly roundTripMs: number;
  readonly farPosts: number;
  readonly farByHandPosts: number;
  readonly farSeconds: number;
}

export interface BenchOptions extends Sizes {
  /** A folder that is empty and will be removed. */
  readonly dir: string;
  /** Told what is being measured now. */
  readonly onScene: (scene: string) => void;
}

export type Report = Awaited<ReturnType<typeof runBench>>;

/** Everything in one run on one machine; each side has a fresh org and a fresh network of its own. */
export async function runBench(options: BenchOptions, signal: AbortSignal) {
  const { onScene } = options;
  onScene("Earshot: start-up, hearing, the loop");
  const earshot = await measureEarshot(options, signal);
  onScene("by hand: the same posts, one call per record");
  const byHand = await measureByHand(options, signal);
  onScene("what the org takes at most");
  const ceiling = await measureOrg(options, signal);
  onScene(`both again, with an org ${options.roundTripMs} ms away`);
  const far = await measureFar(
    { ...options, posts: options.farPosts, byHandPosts: options.farByHandPosts, seconds: options.farSeconds },
    signal,
  );
  const farRatio = round(far.throughput.postsPerSecond / far.byHand.postsPerSecond);
  const ratio = { ...toRatio(earshot, byHand), farPostsPerSecond: farRatio };
  return { machine: toMachine(), ...earshot, byHand, ceiling, far, ratio };
}

async function measureEarshot(options: BenchOptions, signal: AbortSignal) {
  const { dir, posts, perSecond, seconds, starts, journalEntries } = options;
  await using world = await openWorld(path.join(dir, "earshot"), signal);
  const [home, listener] = [path.join(world.dir, "connector"), path.join(world.dir, "listener")];
  const cold = await measureColdStart(world, home, starts);
  copyJournal(home, listener);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, posts);
  const hearing = await measureHearing(world, { dir: listener, posts });
  const start = () => startConnector(world, { dir: home });
  const idleCpuSeconds = cold.cpuSeconds;
  const loop = await measureLoop(world, { said, start, idleCpuSeconds, crowd, perSecond, seconds });
  const withJournal = await measureWarmStart(world, { dir: home, entries: journalEntries, times: starts });
  return { startUp: { cold, withJournal }, hearing, ...loop };
}

async function measureByHand({ dir, posts, perSecond, seconds }: BenchOptions, signal: AbortSignal): Promise<Loop> {
  await using world = await openWorld(path.join(dir, "by-hand"), signal);
  const start = () => startByHand(world);
  const idleCpuSeconds = await measureIdleByHand(world);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, posts);
  return await measureLoop(world, { said, start, idleCpuSeconds, crowd, perSecond, seconds });
}

async function measureOrg({ dir, composites }: BenchOptions, signal: AbortSignal): Promise<Ceiling> {
  await using world = await openWorld(path.join(dir, "ceiling"), signal);
  return await measureCeiling(world, composites);
}

/** How many times better ours is; below 1 it is worse. */
function toRatio(ours: Loop, theirs: Loop) {
  return {
    postsPerSecond: round(ours.throughput.postsPerSecond / theirs.throughput.postsPerSecond),
    callsPer1000: round(theirs.throughput.callsPer1000 / ours.throughput.callsPer1000),
    callsPer1000AtPace: round(theirs.latency.callsPer1000 / ours.latency.callsPer1000),
    p50: round(theirs.latency.p50Ms / ours.latency.p50Ms),
    p95: round(theirs.latency.p95Ms / ours.latency.p95Ms),
  };
}
