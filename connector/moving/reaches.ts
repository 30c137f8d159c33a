import { POSITIONS, positionSchema } from "../flow/consuming/position.ts";
import type { LoggedEntry, Original } from "../journal/copying.ts";
import type { Doc, LogName } from "../journal/journal.ts";
import { toCommon, type Numbers } from "./new-partition.ts";

/** How far one partition of a log was consumed, and by how many owners so far. */
export interface Stand {
  readonly log: LogName;
  readonly partition: number;
  readonly seq: number;
  readonly triedTo: number;
  readonly epoch: number;
}

/** What became of an entry: handed over (or never to be) · maybe tried by a process that died · waiting. */
export type Standing = "passed" | "tried" | "waiting";

/** How far all was consumed when a journal was opened for copying. */
export interface Reaches {
  readonly stands: readonly Stand[];
  /** A log that nobody has a position in has no reader: nothing in it waits. */
  standingOf(entry: Pick<LoggedEntry, "log" | "partition" | "seq">): Standing;
}

export async function readReaches(original: Pick<Original, "documents">): Promise<Reaches> {
  const stands = await readStands(original);
  const known = new Map(stands.map((stand) => [`${stand.log}/${stand.partition}`, stand]));
  const read = new Set(stands.map(({ log }) => log));
  return {
    stands,
    standingOf({ log, partition, seq }) {
      const { seq: passedTo = 0, triedTo = 0 } = known.get(`${log}/${partition}`) ?? {};
      if (!read.has(log) || seq <= passedTo) return "passed";
      return seq <= triedTo ? "tried" : "waiting";
    },
  };
}

async function readStands({ documents }: Pick<Original, "documents">): Promise<readonly Stand[]> {
  const stands: Stand[] = [];
  for await (const page of documents(POSITIONS)) {
    const some = page.filter(({ key }) => key.startsWith(POSITIONS));
    stands.push(...some.map(toStand));
    if (some.length < page.length) break;
  }
  return stands;
}

function toStand({ key, value }: Doc): Stand {
  const [, log, partition] = key.split("/");
  return { ...positionSchema.parse(JSON.parse(value)), log: log as LogName, partition: Number(partition) };
}

/** Do entries of several old partitions come together in one? Then one position has to do for what had several. */
export function isJoined({ from, to }: Numbers): boolean {
  return to % from !== 0;
}

/**
 * The positions of the new partitions. `triedTo` says for those in which something that may have been tried waits how far
 * that reaches.
 */
export function toNewStands(
  { stands }: Reaches,
  numbers: Numbers,
  triedTo: Readonly<Record<string, number>>,
): readonly Stand[] {
  const { from, to } = numbers;
  return [...new Set(stands.map(({ log }) => log))].flatMap((log) => {
    const old = stands.filter((stand) => stand.log === log);
    const tracks = old.some(({ partition }) => partition >= from) ? 2 : 1;
    return Array.from({ length: tracks * to }, (_, partition) => {
      const before = old.filter((stand) => isFrom(stand.partition, partition, numbers));
      return before.length === 0 ? [] : [toJoint(before, partition, triedTo[`${log}/${partition}`])];
    }).flat();
  });
}

function isFrom(old: number, partition: number, { from, to }: Numbers): boolean {
  const common = toCommon({ from, to });
  return Math.floor(old / from) === Math.floor(partition / to) && ((old % from) - (partition % to)) % common === 0;
}

/** Where several come together, what waits has been put behind all that is passed. */
function toJoint(before: readonly Stand[], partition: number, tried: number | undefined): Stand {
  const most = (part: "seq" | "triedTo" | "epoch"): number => Math.max(...before.map((stand) => stand[part]));
  const { log = "posts" } = before[0] ?? {};
  const triedTo = tried ?? (before.length === 1 ? most("triedTo") : 0);
  return { log, partition, seq: most("seq"), triedTo, epoch: most("epoch") };
}

export function toDocument({ log, partition, seq, triedTo, epoch }: Stand): Doc {
  return { key: `${POSITIONS}${log}/${partition}`, value: JSON.stringify({ seq, triedTo, epoch }), revision: 1 };
}
