import path from "node:path";
import { AUTHORS } from "./backlog-authors.ts";
import { startByHand, measureIdleByHand } from "./by-hand-process.ts";
import { startConnector } from "./connector.ts";
import { openCrowd, sayAll } from "./crowd.ts";
import { measureDay, USUAL_DAY } from "./day.ts";
import { round } from "./figures.ts";
import { copyJournal } from "./journal-file.ts";
import { measureCeiling, type Ceiling } from "./scenes/ceiling.ts";
import { measureAppends } from "./scenes/appends.ts";
import { measureDrain } from "./scenes/drain.ts";
import { measureFar } from "./scenes/far.ts";
import { measureGrowth } from "./scenes/growth.ts";
import { measureHearing } from "./scenes/hearing.ts";
import { measureLoop, type Loop } from "./scenes/loop.ts";
import { measureReplicas } from "./scenes/replicas.ts";
import { measureColdStart, measureFirstStart, measureWarmStart } from "./scenes/start-up.ts";
import { measureStream } from "./scenes/stream.ts";
import { measureSustained } from "./scenes/sustained.ts";
import { measureThread } from "./scenes/thread.ts";
import { measureWaiting } from "./scenes/waiting.ts";
import type { Sizes } from "./sizes.ts";
import { openWorld } from "./world.ts";

export interface BenchOptions extends Sizes {
  /** A folder that is empty and will be removed. */
  readonly dir: string;
}

/** What can be measured by itself, each on fresh orgs and networks, with what it is about. */
export const PARTS = {
  near: { about: "the loop with the sandbox org, by hand beside it", measure: measureNear },
  far: { about: "the same with an org that is far away", measure: measureFarOrg },
  drain: {
    about: "100,000 posts that wait, into an org that costs nothing: speed, calls, memory",
    measure: measureDrains,
  },
  sustained: { about: "an even pace in an org that allows few calls", measure: measurePaces },
  thread: { about: "one conversation of 5,000 posts", measure: measureLongThread },
  stream: { about: "Bluesky's stream as fast as it is read", measure: measureStreamOfPosts },
  day: { about: "a simulated day against the budget of calls", measure: () => measureDay(USUAL_DAY) },
  replicas: {
    about: "posts that wait, for 1, 2 and 4 connectors on PostgreSQL, and one on SQLite",
    measure: measureAll,
  },
  appends: { about: "appends to the journals, beside bare inserts", measure: measureJournals },
  growth: { about: "the journals' operations as they grow to a million entries", measure: measureSizes },
} as const;

async function measureNear(options: BenchOptions, signal: AbortSignal) {
  const earshot = await measureEarshot(options, signal);
  const byHand = await measureByHand(options, signal);
  return { ...earshot, byHand, ceiling: await measureOrg(options, signal), ratio: toRatio(earshot, byHand) };
}

async function measureEarshot(options: BenchOptions, signal: AbortSignal) {
  const { dir, posts, perSecond, seconds, starts, journalEntries } = options;
  await using world = await openWorld(path.join(dir, "earshot"), signal);
  const [home, listener] = [path.join(world.dir, "connector"), path.join(world.dir, "listener")];
  const first = await measureFirstStart(world, path.join(world.dir, "first"));
  const cold = await measureColdStart(world, home, starts);
  copyJournal(home, listener);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, posts);
  const idleCpuSeconds = cold.cpuSeconds;
  const hearing = await measureHearing(world, { dir: listener, posts, idleCpuSeconds });
  const start = () => startConnector(world, { dir: home });
  const loop = await measureLoop(world, { said, start, idleCpuSeconds, crowd, perSecond, seconds });
  const withJournal = await measureWarmStart(world, { dir: home, entries: journalEntries, times: starts });
  return { startUp: { first, cold, withJournal }, hearing, ...loop };
}

async function measureByHand(options: BenchOptions, signal: AbortSignal): Promise<Loop> {
  const { dir, byHandPosts, perSecond, seconds } = options;
  await using world = await openWorld(path.join(dir, "by-hand"), signal);
  const start = () => startByHand(world);
  const idleCpuSeconds = await measureIdleByHand(world);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, byHandPosts);
  return await measureLoop(world, { said, start, idleCpuSeconds, crowd, perSecond, seconds });
}

async function measureOrg({ dir, composites }: BenchOptions, signal: AbortSignal): Promise<Ceiling> {
  await using world = await openWorld(path.join(dir, "ceiling"), signal);
  return await measureCeiling(world, composites);
}

async function measureFarOrg(options: BenchOptions, signal: AbortSignal) {
  const { farPosts: posts, farByHandPosts: byHandPosts, farSeconds: seconds } = options;
  const far = await measureFar({ ...options, posts, byHandPosts, seconds }, signal);
  return { ...far, ratio: round(far.throughput.postsPerSecond / far.byHand.postsPerSecond) };
}

async function measureDrains({ dir, backlogPosts: posts, roundTripMs }: BenchOptions, signal: AbortSignal) {
  await using world = await openWorld(path.join(dir, "drain"), signal);
  const [near, far] = [path.join(world.dir, "near"), path.join(world.dir, "far")];
  const { cpuSeconds: idleCpuSeconds } = await measureColdStart(world, near, 1);
  copyJournal(near, far);
  const atOnce = await measureDrain(world, near, { posts, authors: AUTHORS, callMs: 0, idleCpuSeconds });
  const waiting = await measureWaiting(world, far, { posts, authors: AUTHORS });
  const farAway = await measureDrain(world, far, { posts, callMs: roundTripMs, idleCpuSeconds });
  return { atOnce, waiting, farAway };
}

async function measurePaces({ dir, paces }: BenchOptions, signal: AbortSignal) {
  const measured = [];
  for (const pace of paces) {
    await using world = await openWorld(path.join(dir, `pace-${pace.perSecond}`), signal);
    measured.push(await measureSustained(world, pace));
  }
  return measured;
}

async function measureLongThread({ dir, threadPosts }: BenchOptions, signal: AbortSignal) {
  await using world = await openWorld(path.join(dir, "thread"), signal);
  return await measureThread(world, threadPosts);
}

async function measureStreamOfPosts({ dir, streamFrames }: BenchOptions, signal: AbortSignal) {
  return await measureStream(dir, streamFrames, signal);
}

async function measureAll(
  { dir, replicas, replicaPosts, replicaByHandPosts, roundTripMs }: BenchOptions,
  signal: AbortSignal,
) {
  const callMs = [0, roundTripMs];
  const sizes = { replicas, callMs, posts: replicaPosts, byHandPosts: replicaByHandPosts };
  return await measureReplicas({ dir: path.join(dir, "replicas"), ...sizes }, signal);
}

async function measureJournals({ dir, appendRows: rows, appendTurns: turns }: BenchOptions, signal: AbortSignal) {
  return await measureAppends({ dir: path.join(dir, "appends"), rows, turns }, signal);
}

async function measureSizes({ dir, entries: sizes }: BenchOptions, signal: AbortSignal) {
  return await measureGrowth({ dir: path.join(dir, "growth"), sizes }, signal);
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
