import type { Report } from "./run.ts";

/** The report for people: ours, by hand, and how many times better ours is. */
export function toTable(report: Report): string {
  const { machine, startUp, hearing, throughput, latency, memory, byHand, ceiling, far, ratio } = report;
  const hand = byHand.throughput;
  const rows: readonly (readonly [string, string | number, string | number, string | number])[] = [
    ["", "Earshot", "by hand", "ratio"],
    [
      `${throughput.posts} posts, network to Case: posts/s`,
      throughput.postsPerSecond,
      hand.postsPerSecond,
      ratio.postsPerSecond,
    ],
    ["  without start-up and end: posts/s", throughput.steadyPostsPerSecond, hand.steadyPostsPerSecond, ""],
    ["  Cases made", throughput.cases, hand.cases, ""],
    ["  CRM calls per 1,000 posts", throughput.callsPer1000, hand.callsPer1000, ratio.callsPer1000],
    ["  its processor seconds per 1,000 posts", throughput.cpuSecondsPer1000, hand.cpuSecondsPer1000, ""],
    ["  the sandbox's", throughput.sandboxCpuSecondsPer1000, hand.sandboxCpuSecondsPer1000, ""],
    ["  memory after it, MB", memory.afterBacklogMb, byHand.memory.afterBacklogMb, ""],
    [`${latency.postsPerSecond} posts/s, post to Case: p50 ms`, latency.p50Ms, byHand.latency.p50Ms, ratio.p50],
    ["  p95 ms", latency.p95Ms, byHand.latency.p95Ms, ratio.p95],
    ["  p99 ms", latency.p99Ms, byHand.latency.p99Ms, ""],
    ["  longest ms", latency.maxMs, byHand.latency.maxMs, ""],
    ["  CRM calls per 1,000 posts", latency.callsPer1000, byHand.latency.callsPer1000, ratio.callsPer1000AtPace],
    ["  memory after it, MB", memory.afterPaceMb, byHand.memory.afterPaceMb, ""],
    [
      `an org ${far.roundTripMs} ms away, network to Case: posts/s`,
      far.throughput.postsPerSecond,
      far.byHand.postsPerSecond,
      ratio.farPostsPerSecond,
    ],
    ["  CRM calls per 1,000 posts", far.throughput.callsPer1000, far.byHand.callsPer1000, ""],
    [`  ${far.latency.postsPerSecond} posts/s, post to Case: p50 ms`, far.latency.p50Ms, "falls back", ""],
    ["  p95 ms", far.latency.p95Ms, "", ""],
    ["  CRM calls per 1,000 posts", far.latency.callsPer1000, "", ""],
    ["start to ready, empty journal, ms", startUp.cold.readyMs, "", ""],
    [`  with ${startUp.withJournal.entries} entries, ms`, startUp.withJournal.readyMs, "", ""],
    ["  memory of one that waits, MB", startUp.cold.rssMb, "", ""],
    ["hearing alone, network to journal: posts/s", hearing.postsPerSecond, "", ""],
    ["the sandbox org's ceiling, 200 a call: posts/s", ceiling.postsPerSecond, "", ""],
    ["  rows/s", ceiling.rowsPerSecond, "", ""],
  ];
  const label = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(
    ([name, ...values]) => `${name.padEnd(label)}${values.map((value) => String(value).padStart(10)).join("")}`,
  );
  return [
    `${machine.cpus} × ${machine.model}, ${machine.memoryGb} GB, Node ${machine.node}`,
    "",
    ...lines,
    "",
    "By hand is one call after the other, one per record, without a journal: a crash loses or doubles posts, an edit or a",
    "delete is not seen, nothing is understood, sorted or routed. Where the org is on the same machine a call costs almost",
    "nothing; to a real org it takes a tenth of a second or more, and there are only so many a day.",
  ].join("\n");
}
