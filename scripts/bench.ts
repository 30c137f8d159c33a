import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { PARTS } from "./bench/parts.ts";
import { runBench, type PartName } from "./bench/run.ts";
import { QUICK, USUAL, type Sizes } from "./bench/sizes.ts";
import { LEAST_ENTRIES } from "./bench/growth/operations.ts";
import { toTable } from "./bench/table.ts";

const NAMES = Object.keys(PARTS) as PartName[];
const USAGE = `Usage: npm run bench -- [part…] [--json] [--quick] [--posts N] [--seconds N] [--rate N]
                        [--backlog N] [--sizes N,N…]

Measures the loop from the network to the Case, and beside it what one writes by hand; then the journals by themselves. All parts
take about half an hour; let nothing else run. Parts:
${NAMES.map((name) => `  ${name.padEnd(12)} ${PARTS[name].about}`).join("\n")}

  --json       one JSON object instead of the table
  --quick      small sizes, in two minutes: to see that it works
  --posts N    how many posts wait on the network before the connector starts (default ${USUAL.posts})
  --seconds N  how long people post at an even pace (default ${USUAL.seconds})
  --rate N     how many posts a second that is (default ${USUAL.perSecond})
  --backlog N  how many posts wait in the journal for the replicas (default ${USUAL.replicaPosts})
  --sizes N,N  how many entries the journals have whose growth is measured (default ${USUAL.entries.join(",")}; ten million
               take ten minutes more)`;

class UsageError extends Error {}

interface Flags {
  readonly names: readonly PartName[];
  readonly sizes: Sizes;
  readonly json: boolean;
}

function readFlags(): Flags | undefined {
  const { values, positionals } = parse();
  const unknown = positionals.filter((name) => !NAMES.some((known) => known === name));
  if (unknown.length > 0) throw new UsageError(`"${unknown.join(" ")}" is nothing to measure`);
  if (values.help) return undefined;
  const usual = values.quick ? QUICK : USUAL;
  const sizes = {
    ...usual,
    posts: toCount("posts", values.posts, usual.posts),
    seconds: toCount("seconds", values.seconds, usual.seconds),
    perSecond: toCount("rate", values.rate, usual.perSecond),
    replicaPosts: toCount("backlog", values.backlog, usual.replicaPosts),
    entries: values.sizes?.split(",").map(toSize) ?? usual.entries,
  };
  const names = positionals.length === 0 ? NAMES : NAMES.filter((name) => positionals.includes(name));
  return { names, sizes, json: values.json };
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        quick: { type: "boolean", default: false },
        posts: { type: "string" },
        seconds: { type: "string" },
        rate: { type: "string" },
        backlog: { type: "string" },
        sizes: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function toCount(flag: string, text: string | undefined, usual: number): number {
  const count = Number(text ?? usual);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`--${flag} takes a whole number above 0, not ${String(text)}`);
}

function toSize(text: string): number {
  const size = toCount("sizes", text, 0);
  if (size >= LEAST_ENTRIES) return size;
  throw new UsageError(`--sizes takes numbers from ${LEAST_ENTRIES} on, not ${text}`);
}

async function main(signal: AbortSignal): Promise<void> {
  const flags = readFlags();
  if (flags === undefined) {
    console.log(USAGE);
    return;
  }
  const dir = await mkdtemp(path.join(tmpdir(), "earshot-bench-"));
  // Whoever PostgreSQL runs as must be able to enter.
  await chmod(dir, 0o755);
  try {
    const onScene = (scene: string): void => console.error(`… ${scene}`);
    const report = await runBench(flags.names, { ...flags.sizes, dir }, { signal, onScene });
    console.log(flags.json ? JSON.stringify(report) : `\n${toTable(report)}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
main(stop.signal).catch((error: unknown) => {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else if (stop.signal.aborted) console.error("Stopped.");
  else console.error(error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
