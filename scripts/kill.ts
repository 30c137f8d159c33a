import { parseArgs } from "node:util";
import { liveApart } from "../test/journeys/kill/life-apart.ts";
import type { Outcome } from "../test/journeys/kill/play.ts";
import { toComplaints, toTable } from "../test/journeys/kill/table.ts";
import { takeToll } from "../test/journeys/kill/toll.ts";

const USAGE = `Usage: npm run kill [-- N] [-- --seed S]

Kills a connector by kill -9 before and after each journal write and each request to the CRM and the network of a clean run
(with N: at N of these points, spread over all), while people post, edit, delete and work in the CRM. Then compares what the
network offers, what the journal holds and what the CRM holds.
  --seed S   the same people do the same again; a failing run says which seed it had`;

/** So many things happen in the clean run. */
const ACTS = 40;
const PER_TOWN = 50;

interface Flags {
  readonly most: number;
  readonly seed: number;
}

function readFlags(): Flags | undefined {
  try {
    const options = { seed: { type: "string" }, help: { type: "boolean", default: false } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const most = positionals[0] === undefined ? Infinity : Number(positionals[0]);
    const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
    return !values.help && most > 0 && Number.isInteger(seed) ? { most, seed } : undefined;
  } catch {
    return undefined;
  }
}

function toVerdict(outcomes: readonly Outcome[]): string {
  const complaints = toComplaints(outcomes);
  return complaints.length === 0 ? "Network, journal and CRM agree." : complaints.join("\n");
}

async function main({ most, seed }: Flags): Promise<number> {
  console.log(`Seed ${seed}`);
  const startMs = performance.now();
  const onKilled = (done: number, of: number): void => {
    const minutes = (performance.now() - startMs) / 60_000;
    process.stderr.write(`\r${done} of ${of} killed, ${(minutes * (of / done - 1)).toFixed(0)} minutes to go   `);
  };
  const outcomes = await takeToll({ seed, give: liveApart, acts: ACTS, most, perTown: PER_TOWN, onKilled });
  process.stderr.write("\n");
  console.log(toTable(outcomes));
  console.log(toVerdict(outcomes));
  return outcomes.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

const flags = readFlags();
if (flags === undefined) console.log(USAGE);
process.exitCode = flags === undefined ? 2 : await main(flags);
