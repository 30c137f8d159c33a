import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureDay, toDayTable, USUAL_DAY } from "./bench/day.ts";
import { runBench, type Sizes } from "./bench/run.ts";
import { toTable } from "./bench/table.ts";

const USAGE = `Usage: npm run bench -- [day] [--json] [--quick] [--posts N] [--seconds N] [--rate N]

Measures the loop from the network to the Case against the sandbox, and beside it what one writes by hand. Let nothing else run.
  day          plays a day at 5 posts a second against the budget of calls, without an org, in less than a minute; only --json
               goes with it
  --json       one JSON object instead of the table
  --quick      small sizes, in about a minute: to see that it works
  --posts N    how many posts wait on the network before the connector starts (default 3000)
  --seconds N  how long people post at an even pace (default 30)
  --rate N     how many posts a second that is (default 20)`;

const USUAL: Sizes = {
  posts: 3000,
  perSecond: 20,
  seconds: 30,
  starts: 3,
  journalEntries: 10_000,
  composites: 20,
  roundTripMs: 100,
  farPosts: 1000,
  farByHandPosts: 50,
  farSeconds: 10,
};
const QUICK: Sizes = {
  ...USUAL,
  posts: 400,
  seconds: 5,
  starts: 1,
  composites: 5,
  farPosts: 200,
  farByHandPosts: 10,
  farSeconds: 3,
};

class UsageError extends Error {}

function readFlags(): { readonly sizes: Sizes; readonly json: boolean; readonly isDay: boolean } | undefined {
  const { values, positionals } = parse();
  const [scene, ...more] = positionals;
  if ((scene !== undefined && scene !== "day") || more.length > 0)
    throw new UsageError(`"${positionals.join(" ")}" is nothing to measure`);
  if (values.help) return undefined;
  const usual = values.quick ? QUICK : USUAL;
  const sizes = {
    ...usual,
    posts: toCount("posts", values.posts, usual.posts),
    seconds: toCount("seconds", values.seconds, usual.seconds),
    perSecond: toCount("rate", values.rate, usual.perSecond),
  };
  return { sizes, json: values.json, isDay: scene === "day" };
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

async function main(signal: AbortSignal): Promise<void> {
  const flags = readFlags();
  if (flags === undefined) {
    console.log(USAGE);
    return;
  }
  if (flags.isDay) {
    const report = await measureDay(USUAL_DAY);
    console.log(flags.json ? JSON.stringify(report) : toDayTable(report));
    return;
  }
  const dir = await mkdtemp(path.join(tmpdir(), "earshot-bench-"));
  try {
    const onScene = (scene: string): void => console.error(`… ${scene}`);
    const report = await runBench({ ...flags.sizes, dir, onScene }, signal);
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
