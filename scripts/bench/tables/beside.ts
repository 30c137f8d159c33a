import type { Line } from "../columns.ts";
import { round, type Latency } from "../figures.ts";
import type { Report } from "../run.ts";

type Part<K extends keyof Report> = NonNullable<Report[K]>;

/** What, ours, by hand, how many times better ours is. */
export function toBeside({ near, far, drain, sustained, thread, stream, day }: Report): readonly Line[] {
  return [
    ...(near === undefined ? [] : toNearLines(near)),
    ...(far === undefined ? [] : toFarLines(far)),
    ...(drain === undefined ? [] : toDrainLines(drain)),
    ...(sustained ?? []).flatMap(toSustainedLines),
    ...(thread === undefined ? [] : toThreadLines(thread)),
    ...(stream === undefined ? [] : toStreamLines(stream)),
    ...(day === undefined ? [] : toDayLines(day)),
  ];
}

function toNearLines({ startUp, hearing, throughput, latency, memory, byHand, ceiling, ratio }: Part<"near">): Line[] {
  const hand = byHand.throughput;
  return [
    [
      `sandbox org, ${throughput.posts} posts, network to Case: posts/s`,
      throughput.postsPerSecond,
      hand.postsPerSecond,
      ratio.postsPerSecond,
    ],
    ["  without start-up and end: posts/s", throughput.steadyPostsPerSecond, hand.steadyPostsPerSecond],
    ["  that org's own ceiling, 200 a call: posts/s", ceiling.postsPerSecond],
    ["  Cases made", throughput.cases, hand.cases],
    ["  CRM calls per 1,000 posts", throughput.callsPer1000, hand.callsPer1000, ratio.callsPer1000],
    ["  its processor seconds per 1,000 posts", throughput.cpuSecondsPer1000, hand.cpuSecondsPer1000],
    ["  the sandbox's", throughput.sandboxCpuSecondsPer1000, hand.sandboxCpuSecondsPer1000],
    ["  memory after it, MB", memory.afterBacklogMb, byHand.memory.afterBacklogMb],
    [`${latency.postsPerSecond} posts/s, post to Case: p50 ms`, latency.p50Ms, byHand.latency.p50Ms, ratio.p50],
    ["  p95 ms", latency.p95Ms, byHand.latency.p95Ms, ratio.p95],
    ["  p99 ms", latency.p99Ms, byHand.latency.p99Ms],
    ["  longest ms", latency.maxMs, byHand.latency.maxMs],
    ["  CRM calls per 1,000 posts", latency.callsPer1000, byHand.latency.callsPer1000, ratio.callsPer1000AtPace],
    ["start to ready, the first after the installation: ms", startUp.first.readyMs],
    ["  its memory, MB", startUp.first.rssMb],
    ["  any other, empty journal: ms", startUp.cold.readyMs],
    [`  with ${startUp.withJournal.entries} entries, ms`, startUp.withJournal.readyMs],
    ["  memory of one that waits, MB", startUp.withJournal.rssMb],
    ["hearing alone, network to journal: posts/s", hearing.postsPerSecond],
    ["  connector's processor time per post, µs", hearing.cpuMicrosPerPost],
  ];
}

function toFarLines({ roundTripMs, throughput, latency, byHand, ratio }: Part<"far">): Line[] {
  return [
    [
      `sandbox org ${roundTripMs} ms away, ${throughput.posts} posts: posts/s`,
      throughput.postsPerSecond,
      byHand.postsPerSecond,
      ratio,
    ],
    ["  without start-up and end: posts/s", throughput.steadyPostsPerSecond, byHand.steadyPostsPerSecond],
    ["  CRM calls per 1,000 posts", throughput.callsPer1000, byHand.callsPer1000],
    [`  ${latency.postsPerSecond} posts/s, post to Case: p50 ms`, latency.p50Ms, "falls back"],
    ["  p95 ms", latency.p95Ms],
    ["  CRM calls per 1,000 posts", latency.callsPer1000],
  ];
}

function toDrainLines({ atOnce, waiting, farAway }: Part<"drain">): Line[] {
  return [
    ...[atOnce, farAway].flatMap((drain): Line[] => [
      [`thin org, ${drain.callMs} ms a call, ${drain.posts} posts that wait: posts/s`, drain.postsPerSecond],
      ["  CRM calls per 1,000 posts", drain.callsPer1000],
      ["  connector's processor time per post, µs", drain.cpuMicrosPerPost],
      ["  the thin org's, µs", drain.orgCpuMicrosPerPost],
      ["  memory at most, MB", drain.memory.mostMb],
      ["  afterwards, MB", drain.memory.afterMb],
    ]),
    [`memory while ${waiting.posts} posts wait, MB`, waiting.rssMb],
  ];
}

function toSustainedLines({
  postsPerSecond,
  callsADay,
  callsPer1000,
  p50Ms,
  p95Ms,
}: Part<"sustained">[number]): Line[] {
  return [
    [`${postsPerSecond} posts/s, an org with ${callsADay} calls a day: calls per 1,000 posts`, callsPer1000],
    ["  post to Case: p50 ms", p50Ms],
    ["  p95 ms", p95Ms],
  ];
}

function toThreadLines({ posts, batches, calls, cases }: Part<"thread">): Line[] {
  return [
    [`one conversation of ${posts} posts: batches`, batches],
    ["  calls to the thin org, those of the start with them", calls],
    ["  Cases made", cases],
  ];
}

function toStreamLines({ frames, framesPerSecond, cpuMicrosPerFrame, addedMb, byHand, ratio }: Part<"stream">): Line[] {
  return [
    [`Bluesky's stream, ${frames} frames, ten words: frames/s`, framesPerSecond, byHand.framesPerSecond],
    [
      "  processor time per frame, µs (by hand: JSON.parse of each)",
      cpuMicrosPerFrame,
      byHand.cpuMicrosPerFrame,
      ratio,
    ],
    ["  memory that it adds at most, MB", addedMb, byHand.addedMb],
  ];
}

function toDayLines({
  posts,
  calls,
  allowedCalls,
  mostCallsInADay,
  callsPer1000,
  urgent,
  others,
}: Part<"day">): Line[] {
  const seconds = ({ p95Ms }: Latency): number => round(p95Ms / 1000);
  return [
    [`a simulated day, ${posts} posts: calls`, calls],
    ["  most in any 24 hours", mostCallsInADay],
    ["  allowed", allowedCalls],
    ["  calls per 1,000 posts", callsPer1000],
    ["  urgent posts, heard to recorded: p95 s", seconds(urgent)],
    ["  others: p95 s", seconds(others)],
  ];
}
