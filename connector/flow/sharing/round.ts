import type { Clock } from "../../clock.ts";
import type { Journal } from "../../journal/journal.ts";
import type { Share } from "../shares.ts";
import { undefinedIfAway } from "./away.ts";
import { deal, toExcess, toQuotas } from "./division.ts";
import { passTo, readReplicaDocs, readShareDocs, toReplicaKey } from "./documents.ts";
import type { ReplicaDoc, ShareDoc } from "./documents.ts";
import type { Holdings, Tenancy } from "./holdings.ts";
import type { Life } from "./life.ts";
import type { Watch } from "./watch.ts";

export interface RoundParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly shares: readonly Share[];
  readonly holdings: Holdings;
  readonly life: Life;
  readonly watch: Watch;
  /** Ends the work on these and then makes them free; not waited for. */
  readonly letGo: (some: readonly Tenancy[]) => void;
}

/**
 * Looks who is there and who holds what, and does our part of what is to change: removes who is dead, lets go what we hold
 * too much of, takes what is free and due to us. How many replicas are there.
 */
export async function playRound(parts: RoundParts): Promise<number> {
  const { journal, shares, holdings, life } = parts;
  // The shares first: whoever took one before they were read had a document already, and would be seen below.
  const docs = await readShareDocs(journal, shares);
  const replicas = await lookAround(parts);
  const there = new Set(replicas.map(({ id }) => id));
  const owners = new Map(docs.map(({ share, owner }) => [share, owner]));
  const kept = holdings.all().filter(({ held }) => !held.aborted);
  if (!there.has(life.id) || kept.some(({ share }) => owners.get(share) !== life.id)) {
    life.calledDead();
    return replicas.length;
  }

  const living = replicas.filter(({ isLeaving }) => isLeaving !== true);
  const counts = new Map(living.map(({ id }) => [id, docs.filter(({ owner }) => owner === id).length]));
  const quotas = toQuotas(shares.length, counts);
  const ours = quotas.get(life.id) ?? 0;
  if (kept.length > ours) parts.letGo(toExcess(kept, kept.length - ours));

  const isFree = (doc: ShareDoc): boolean => doc.owner === undefined || !there.has(doc.owner);
  const dealt = deal(
    docs.filter(isFree).map(({ share }) => share),
    counts,
    quotas,
  );
  await take(
    parts,
    docs.filter(({ share }) => dealt.get(share) === life.id),
  );
  await settleStrays(parts, docs, ours);
  return living.length;
}

/** Those who are there; who is dead has no document any more when this returns. */
async function lookAround({ journal, clock, leaseMs, life, watch }: RoundParts): Promise<readonly ReplicaDoc[]> {
  const beganMs = clock.monotonicMs();
  const replicas = await readReplicaDocs(journal);
  watch.note(replicas, { beganMs, endedMs: clock.monotonicMs() });
  const dead = replicas.filter(({ id }) => id !== life.id && watch.stoodStillMs(id) >= leaseMs);
  const gone = await Promise.all(dead.map(({ id, revision }) => journal.remove(toReplicaKey(id), revision)));
  return replicas.filter((replica) => gone[dead.indexOf(replica)] !== true);
}

/** What somebody else takes at the same moment is theirs. */
async function take({ journal, holdings, life, leaseMs }: RoundParts, docs: readonly ShareDoc[]): Promise<void> {
  const taken = await Promise.all(docs.map((doc) => passTo(journal, doc, life.id).catch(undefinedIfAway)));
  // It may have taken so long that the others called us dead meanwhile.
  if (life.isFresh(leaseMs)) holdings.take(taken.filter((doc) => doc !== undefined));
}

/** A write that failed may have been made all the same: what became ours so, or did not become free, is settled now. */
async function settleStrays(parts: RoundParts, docs: readonly ShareDoc[], quota: number): Promise<void> {
  const { journal, holdings, life } = parts;
  const strays = docs.filter(({ share, owner }) => owner === life.id && !holdings.has(share));
  const room = Math.max(0, quota - holdings.all().length);
  await take(parts, strays.slice(0, room));
  await Promise.all(strays.slice(room).map((doc) => passTo(journal, doc, undefined).catch(undefinedIfAway)));
}
