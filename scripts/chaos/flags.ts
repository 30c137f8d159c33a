import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run chaos -- [--minutes N] [--replicas N] [--seed S] [--rate N] [--sqlite] [--json] [--keep]

Several connectors on one PostgreSQL journal with a synchronous standby, while people post, edit, delete and answer; connectors are
killed and frozen, the database crashes and fails over, org and networks fail in every way they can. Then compares what the
networks offer, what the journal holds and what the CRM holds.
  --minutes N    how long things go wrong (2)
  --replicas N   connectors (3)
  --seed S       the same people do the same and the same goes wrong again; a failing run says which seed it had
  --rate N       posts in a second (200)
  --sqlite       one connector on a journal in a file, without a database server
  --json         prints one line of JSON
  --keep         leaves the folder with all logs and says where it is
Exit code 1: something was lost, doubled, false, out of order, or not gone.`;

export interface Flags {
  readonly minutes: number;
  readonly replicas: number;
  readonly seed: number;
  readonly rate: number;
  readonly sqlite: boolean;
  readonly json: boolean;
  readonly keep: boolean;
}

const OPTIONS = {
  minutes: { type: "string", default: "2" },
  replicas: { type: "string" },
  seed: { type: "string" },
  rate: { type: "string", default: "200" },
  sqlite: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  keep: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** undefined: not understood, or asked for help. */
export function readFlags(args: readonly string[], newSeed: () => number): Flags | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { sqlite, json, keep } = values;
    const flags = {
      minutes: Number(values.minutes),
      replicas: Number(values.replicas ?? (sqlite ? 1 : 3)),
      seed: Number(values.seed ?? newSeed()),
      rate: Number(values.rate),
      ...{ sqlite, json, keep },
    };
    return values.help || !isPossible(flags) ? undefined : flags;
  } catch {
    return undefined;
  }
}

function isPossible({ minutes, replicas, seed, rate, sqlite }: Flags): boolean {
  const whole = Number.isInteger(replicas) && Number.isInteger(seed) && replicas > 0;
  return whole && minutes > 0 && rate > 0 && (!sqlite || replicas === 1);
}
