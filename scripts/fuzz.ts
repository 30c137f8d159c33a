import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseArgs } from "node:util";
import { runFuzz } from "./fuzz/run.ts";

const USAGE = `Usage: npm run fuzz [-- N] [-- --seed S]

Sends N (default 100,000) mutated deliveries to the webhook source, some of them over HTTP. Fails where one crashes, is taken
unsigned, is taken against its form, or where memory grows.
  --seed S   plays the same ones again; a failing run says which seed it had`;

const MEGABYTE = 1024 * 1024;
/** What the heap may hold more at the end than at a tenth of the way. */
const GROWTH_MB = 8;

interface Flags {
  readonly count: number;
  readonly seed: number;
}

function readFlags(): Flags | undefined {
  try {
    const options = { seed: { type: "string" }, help: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const count = Number(positionals[0] ?? 100_000);
    const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
    return !values.help && Number.isInteger(count) && count > 0 && Number.isInteger(seed) ? { count, seed } : undefined;
  } catch {
    return undefined;
  }
}

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;

function toHeapMb(): number {
  collect();
  return process.memoryUsage().heapUsed / MEGABYTE;
}

async function main({ count, seed }: Flags): Promise<number> {
  console.log(`Seed ${seed}`);
  const startMs = performance.now();
  const tenth = Math.ceil(count / 10);
  let earlyMb = 0;
  const report = await runFuzz({
    count,
    seed,
    overHttp: 100,
    onDone(done) {
      if (done === tenth) earlyMb = toHeapMb();
      if (done % tenth === 0) console.error(`… ${done} of ${count}`);
    },
  });
  const lateMb = toHeapMb();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(
    `${count} deliveries in ${seconds} s: ${report.taken} taken, ${report.refused} refused, ${report.overHttp} of them over HTTP.\n` +
      `Heap ${earlyMb.toFixed(1)} MB at a tenth of the way, ${lateMb.toFixed(1)} MB at the end.`,
  );
  const violations = [...report.violations];
  if (lateMb - earlyMb > GROWTH_MB) violations.push(`memory grew by ${(lateMb - earlyMb).toFixed(1)} MB`);
  for (const violation of violations.slice(0, 20)) console.error(violation);
  console.log(violations.length === 0 ? "Nothing was found." : `${violations.length} violations. Seed ${seed}`);
  return violations.length === 0 ? 0 : 1;
}

const flags = readFlags();
if (flags === undefined) console.log(USAGE);
process.exitCode = flags === undefined ? 2 : await main(flags);
