import type { IsoTime } from "../../model/glossary.ts";
import { toMicros } from "./tid.ts";

/** So long before the network showed it somebody may have begun to send it. */
const BELIEVED_MS = 5 * 60_000;
/** Archives are older than the network, no post is older than all networks. */
const EARLIEST_MS = Date.UTC(2000, 0);

export interface Dating {
  readonly rkey: string;
  /** What its author says, who may say any time. */
  readonly stated: string | undefined;
  /** When the network first showed it, where it told us. */
  readonly shownAt?: IsoTime | undefined;
}

/**
 * When a post was posted. Its author's word counts where it fits what the network saw: the time for an answer runs from here,
 * and nobody may be late because of a date that somebody made up. Where the network did not tell, the record's name does.
 */
export function toPostedAt({ rkey, stated = "", shownAt }: Dating, detectedAt: IsoTime): IsoTime {
  const nowMs = Date.parse(detectedAt);
  const statedMs = toSensible(Date.parse(stated), nowMs);
  const shownMs = toSensible(Math.min(Date.parse(shownAt ?? ""), nowMs), nowMs);
  if (shownMs !== undefined) {
    const isBelieved = statedMs !== undefined && statedMs <= shownMs && shownMs - statedMs <= BELIEVED_MS;
    return toIso(isBelieved ? statedMs : shownMs);
  }
  const madeMs = toSensible((toMicros(rkey) ?? Number.NaN) / 1000, nowMs);
  // An answer's name may follow from the post it answers, and be older than the answer.
  if (statedMs !== undefined && (madeMs === undefined || madeMs - statedMs <= BELIEVED_MS)) return toIso(statedMs);
  return toIso(madeMs ?? nowMs);
}

/** undefined: it is none, still to come, or from before there were such networks. */
function toSensible(ms: number, nowMs: number): number | undefined {
  return ms >= EARLIEST_MS && ms <= nowMs ? ms : undefined;
}

function toIso(ms: number): IsoTime {
  return new Date(ms).toISOString();
}
