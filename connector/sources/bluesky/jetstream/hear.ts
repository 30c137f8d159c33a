import type { Clock } from "../../../clock.ts";
import type { Page } from "../../../flow/feed.ts";
import type { IsoTime } from "../../../model/glossary.ts";
import type { PostEvent } from "../../../model/post.ts";
import { toStamp } from "./frame.ts";
import { Elsewhere } from "./elsewhere.ts";
import { toCursor, toEarlier } from "./mark.ts";
import type { Mark } from "./mark.ts";
import type { Stream, Taken } from "./socket.ts";
import { toEvents } from "./to-events.ts";
import type { TellOptions } from "./to-events.ts";

/** Where hearing was left so short a time ago, a stream that says nothing has nothing to say. */
const JUST_NOW_MS = 60_000;

const LOST =
  "Nobody listened for longer than the network's stream reaches back. Mentions and answers of this time are in the notifications, " +
  "and posts with your words were searched for; what the search does not show is missing.";

export interface Hearing {
  readonly options: TellOptions;
  readonly mark: Mark;
  readonly lostFrom: IsoTime | undefined;
}

/** Pages until the stream ends. What it last said is passed on before. Throws `Elsewhere`. */
export async function* hear(
  stream: Stream,
  { options, mark, lostFrom }: Hearing,
  signal: AbortSignal,
): AsyncGenerator<{ readonly page: Page<PostEvent>; readonly reached: Mark }> {
  const { clock } = options;
  const begun = mark;
  let reached = mark;
  let losing = lostFrom;
  let answers = 0;
  let hasBegun = false;
  for (;;) {
    await stream.wait();
    const taken = stream.take();
    if (taken.first !== undefined && !hasBegun) refuseOther(taken.first, begun);
    hasBegun ||= taken.first !== undefined;
    const events = await toEvents(taken.sifted.filter(isAfter(begun)), options, signal);
    const stamp = taken.last === undefined ? undefined : toStamp(taken.last);
    const oldest = taken.first === undefined ? undefined : toStamp(taken.first)?.time;
    if (taken.isClamped) losing ??= begun.at;
    if (taken.answered !== undefined) answers += 1;
    const heardUntil = toHeardUntil(taken, { stamp, begun, reached, answers, clock });
    const place = stamp === undefined ? { seq: reached.seq, said: reached.said } : { seq: stamp.seq, said: stamp.time };
    reached = { ...place, at: heardUntil ?? reached.at };
    const lost =
      losing === undefined || oldest === undefined || oldest <= losing
        ? undefined
        : { from: losing, to: oldest, detail: LOST };
    if (oldest !== undefined) losing = undefined;
    if (events.length > 0 || heardUntil !== undefined || lost !== undefined)
      yield {
        reached,
        page: {
          items: events,
          cursor: toCursor(reached),
          ...(heardUntil === undefined ? {} : { heardUntil }),
          ...(lost === undefined ? {} : { lost }),
        },
      };
    if (taken.isOver) return;
  }
}

/** The frame that the cursor names comes first, unless this is another stream: those count for themselves. */
function refuseOther(first: string, { seq, said }: Mark): void {
  const stamp = toStamp(first);
  if (seq === undefined || stamp === undefined) return;
  if (stamp.seq !== seq || (said !== undefined && stamp.time !== said)) throw new Elsewhere();
}

/** The frame that the cursor names comes once more. */
function isAfter({ seq }: Mark): (raw: string) => boolean {
  return (raw) => seq === undefined || (toStamp(raw)?.seq ?? Infinity) > seq;
}

interface Standing {
  readonly stamp: { readonly time: string } | undefined;
  readonly begun: Mark;
  readonly reached: Mark;
  readonly answers: number;
  readonly clock: Clock;
}

/**
 * Told at each answer to a ping. Where frames came it is the last one's time. Where none did all is heard, unless the stream was
 * just opened and may still be looking for what we missed.
 */
function toHeardUntil({ answered }: Taken, { stamp, begun, reached, answers, clock }: Standing): IsoTime | undefined {
  if (answered === undefined) return undefined;
  if (stamp !== undefined) return toEarlier(stamp.time, clock.now());
  const isFresh = Date.parse(answered.askedAt) - Date.parse(begun.at) < JUST_NOW_MS;
  const hasSpoken = reached.seq !== begun.seq;
  return isFresh || hasSpoken || answers > 1 ? answered.askedAt : undefined;
}
