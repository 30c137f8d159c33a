import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFlags, USAGE, type Flags } from "./chaos/flags.ts";
import { toComplaints, toProgressLine, toReport } from "./chaos/report.ts";
import { runChaos, type Progress } from "./chaos/run.ts";
import { toBroken } from "./chaos/verdict.ts";

/** In a log. */
const EVERY_MS = 15_000;

async function main(flags: Flags, signal: AbortSignal): Promise<number> {
  const dir = await mkdtemp(path.join(tmpdir(), "earshot-chaos-"));
  try {
    process.stderr.write(`Seed ${flags.seed}, ${flags.minutes} minutes, ${flags.replicas} connectors\n`);
    const onProgress = toTeller();
    const outcome = await runChaos(flags, { dir, onProgress }, signal);
    if (process.stderr.isTTY) process.stderr.write("\n");
    const broken = toBroken(outcome.figures);
    const { json, text } = toReport(flags, outcome, broken);
    console.log(flags.json ? JSON.stringify(json) : text);
    for (const line of broken.length > 0 ? toComplaints(flags, outcome, broken) : []) console.error(line);
    return broken.length === 0 ? 0 : 1;
  } finally {
    if (flags.keep) process.stderr.write(`All of it lies in ${dir}\n`);
    else await rm(dir, { recursive: true, force: true });
  }
}

/** One line that is drawn over, for people; for a log a line now and then. */
function toTeller(): (progress: Progress) => void {
  let lastMs = -Infinity;
  return (progress) => {
    if (process.stderr.isTTY) return void process.stderr.write(`\r\u001b[K${toProgressLine(progress)}`);
    if (performance.now() - lastMs < EVERY_MS) return;
    lastMs = performance.now();
    process.stderr.write(`${toProgressLine(progress)}\n`);
  };
}

const flags = readFlags(process.argv.slice(2), () => Date.now() % 1_000_000_000);
if (flags === undefined) {
  console.log(USAGE);
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
try {
  process.exit(await main(flags, stop.signal));
} catch (error) {
  if (!stop.signal.aborted) throw error;
  process.stderr.write("\nStopped: all that was started has ended.\n");
  process.exit(130);
}
