import path from "node:path";
import { measureIdleByHand, startByHand } from "../by-hand-process.ts";
import { startConnector } from "../connector.ts";
import { openCrowd, sayAll } from "../crowd.ts";
import { openSlowLine } from "../slow-line.ts";
import { openWorld } from "../world.ts";
import { measureLoop, type Loop } from "./loop.ts";
import { measureColdStart } from "./start-up.ts";
import { measureThroughput, type Throughput } from "./throughput.ts";

export interface FarOptions {
  readonly dir: string;
  readonly roundTripMs: number;
  readonly posts: number;
  /** The script written by hand gets these few: it takes a good part of a second for each. */
  readonly byHandPosts: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** The same with an org as far away as real ones are: there the number of calls decides. */
export async function measureFar(options: FarOptions, signal: AbortSignal) {
  const earshot = await measureEarshot(options, signal);
  const byHand = await measureByHand(options, signal);
  return { roundTripMs: options.roundTripMs, ...earshot, byHand };
}

async function measureEarshot(options: FarOptions, signal: AbortSignal): Promise<Loop> {
  const { dir, roundTripMs, posts, perSecond, seconds } = options;
  await using world = await openWorld(path.join(dir, "far-earshot"), signal);
  await using line = await openSlowLine(world.orgUrl, roundTripMs);
  const home = path.join(world.dir, "connector");
  const { cpuSeconds: idleCpuSeconds } = await measureColdStart(world, home, 1);
  const crowd = await openCrowd(world.networkUrl);
  const said = await sayAll(crowd, posts);
  const start = () => startConnector({ ...world, orgUrl: line.url }, { dir: home });
  return await measureLoop(world, { said, start, idleCpuSeconds, crowd, perSecond, seconds });
}

async function measureByHand(options: FarOptions, signal: AbortSignal): Promise<Throughput> {
  const { dir, roundTripMs, byHandPosts } = options;
  await using world = await openWorld(path.join(dir, "far-by-hand"), signal);
  await using line = await openSlowLine(world.orgUrl, roundTripMs);
  const idleCpuSeconds = await measureIdleByHand(world);
  const said = await sayAll(await openCrowd(world.networkUrl), byHandPosts);
  const before = await world.usage();
  await using bringer = startByHand({ ...world, orgUrl: line.url });
  return await measureThroughput(world, { said, bringer, before, idleCpuSeconds });
}
