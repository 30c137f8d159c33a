import { Unavailable } from "../../errors.ts";
import { toOutcomes, toStep, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import { FEW, isBeyondLimits } from "./halves.ts";
import type { RowOutcome } from "./outcome.ts";
import type { PostUrgency } from "./urgency.ts";

/** What a batch has to write. */
export interface Share {
  /** At most five, of at most 200 rows each. Collections of one `ref` are alike, whose share they may be; their rows are not. */
  readonly collections: readonly Collection[];
  readonly urgency: PostUrgency;
  readonly signal: AbortSignal;
}

export interface Shared {
  /** By `<ref> <name>`. */
  readonly outcomes: ReadonlyMap<string, RowOutcome>;
  /** It was too much for the org's own code. */
  readonly isTooMuch: boolean;
}

/**
 * Writes all shares in as few calls as that takes; what came of each, in their order. One share's fault is no other's: what
 * fails as a whole is written once more, each share by itself.
 */
export async function writeTogether(
  session: Session,
  shares: readonly Share[],
): Promise<readonly PromiseSettledResult<Shared>[]> {
  const together = shares.length < 2 ? undefined : await tryTogether(session, shares);
  return await Promise.allSettled(
    shares.map(async (share, index) => {
      share.signal.throwIfAborted();
      if (together instanceof Unavailable) throw together;
      const outcomes = together && toOwn(share, index, together);
      return outcomes === undefined || isRefused(share, outcomes)
        ? await writeAlone(session, share)
        : { outcomes, isTooMuch: false };
    }),
  );
}

type Outcomes = ReadonlyMap<string, RowOutcome>;

/** undefined: it failed in a way that may be one share's doing. */
async function tryTogether(session: Session, shares: readonly Share[]): Promise<Outcomes | Unavailable | undefined> {
  const signal = AbortSignal.any(shares.map((share) => share.signal));
  const urgency = shares.some((share) => share.urgency === "urgent") ? "urgent" : "usual";
  try {
    return await writeChunks(session, toJoined(shares), { urgency, signal });
  } catch (error) {
    return error instanceof Unavailable ? error : undefined;
  }
}

const toName = (index: number, name: string): string => `${index} ${name}`;

function toJoined(shares: readonly Share[]): readonly Collection[] {
  const joined = new Map<string, Collection>();
  for (const [index, { collections }] of shares.entries()) {
    for (const collection of collections) {
      const { ref, isDone } = collection;
      const rows = [...collection.rows].map(([name, row]) => [toName(index, name), row] as const);
      joined.set(ref, {
        ...collection,
        rows: new Map([...(joined.get(ref)?.rows ?? []), ...rows]),
        isDone: (error, name) => isDone(error, name.slice(name.indexOf(" ") + 1)),
      });
    }
  }
  return [...joined.values()];
}

function toOwn({ collections }: Share, index: number, together: Outcomes): Outcomes {
  const names = collections.flatMap(({ ref, rows }) => [...rows.keys()].map((name) => [ref, name] as const));
  return new Map(names.map(([ref, name]) => [`${ref} ${name}`, together.get(`${ref} ${toName(index, name)}`)]));
}

/** All of many rows: they may have been too many for the org's own code. */
function isRefused({ collections }: Share, outcomes: Outcomes): boolean {
  return collections.some(
    ({ ref, rows }) =>
      rows.size > FEW && [...rows.keys()].every((name) => outcomes.get(`${ref} ${name}`) !== undefined),
  );
}

async function writeAlone(session: Session, { collections, urgency, signal }: Share): Promise<Shared> {
  const results = await session.composite(collections.map(toStep), signal, urgency);
  return { outcomes: toOutcomes(collections, results), isTooMuch: isBeyondLimits(collections, results) };
}
