import type { Recorded } from "../crm.ts";
import type { Draft } from "../../model/draft.ts";
import { toOutcomes, toStep } from "./collection.ts";
import { recordEdits } from "./edits.ts";
import { erase } from "./erase.ts";
import { toFirstWrites } from "./first-writes.ts";
import { recordFollowUps } from "./follow-ups.ts";
import { isBeyondLimits, toHalves } from "./halves.ts";
import { toFirstFailure } from "./outcome.ts";
import type { RecordOptions } from "./record-options.ts";
import { toRows } from "./rows.ts";
import type { Seat } from "./shared-writes.ts";
import { queryPath } from "./soql.ts";
import { isCaseGone, isClosedMeanwhile, toKnownCaseId, toNewCaseKey, toTouchedQuery } from "./touched-cases.ts";
import { toLeastTurn } from "./turn.ts";
import { toUrgency } from "./urgency.ts";

/**
 * Writes a batch (at most 200 drafts): personas, new Cases, changed Cases, new posts and a look at the Cases touched in one
 * call; Tasks and links in a second one that batches share, edits in up to three more, where there are any. A batch that is
 * too much for the org's own code goes in halves. Each write may be repeated and may come late:
 *
 *   born       new Cases, posts and Tasks are inserted by their unique keys: a late one finds the row, and changes nothing;
 *              of a row that was removed meanwhile the turn is over
 *   versioned  a persona is refused where a later turn stands, the words of an edit where newer ones do, a person's, or a
 *              tombstone
 *   guarded    links, Contacts, reopening, the Case's times and what is cut are refused where they no longer fit
 */
export async function record(options: RecordOptions, drafts: readonly Draft[], signal: AbortSignal): Promise<Recorded> {
  const { outcomes, isTooMuch } = await recordTogether(options, drafts, signal);
  const halves = isTooMuch ? toHalves(drafts) : [];
  if (halves.length < 2) return { outcomes };
  const byDraft = new Map<Draft, Recorded["outcomes"][number]>();
  for (const half of halves) {
    const recorded = await record(options, half, signal);
    half.forEach((draft, index) => byDraft.set(draft, recorded.outcomes[index]));
  }
  return { outcomes: drafts.map((draft) => byDraft.get(draft)) };
}

async function recordTogether(
  options: RecordOptions,
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<RecordedTogether> {
  const seat = options.sharedWrites.enter(drafts.length);
  try {
    return await recordFrom(seat, options, drafts, signal);
  } finally {
    seat.leave();
  }
}

interface RecordedTogether extends Recorded {
  readonly isTooMuch: boolean;
}

async function recordFrom(
  seat: Seat,
  options: RecordOptions,
  drafts: readonly Draft[],
  signal: AbortSignal,
): Promise<RecordedTogether> {
  const { session, fields: f } = options;
  const urgency = toUrgency(drafts);
  const turn = await options.nextTurn(toLeastTurn(drafts));
  const writes = toFirstWrites(options, drafts, turn);
  const results = await session.composite(
    [...writes.map(toStep), { ref: "touched", method: "GET", path: queryPath(toTouchedQuery(f, drafts)) }],
    signal,
    urgency,
  );
  const outcomes = toOutcomes(writes, results);
  const touched = await toRows(session, results.get("touched"), signal);
  const recorded = drafts.map((draft) =>
    toFirstFailure(
      isCaseGone(draft, touched) ? "again" : undefined,
      outcomes.get(`personas ${draft.post.author.key}`),
      outcomes.get(`cases ${toNewCaseKey(draft) ?? ""}`),
      outcomes.get(`changes ${toKnownCaseId(draft) ?? ""}`),
      outcomes.get(`posts ${draft.post.key}`),
      isClosedMeanwhile(draft, touched) ? "again" : undefined,
    ),
  );
  const standing = drafts.filter((_, index) => recorded[index] === undefined);
  const followUps = await recordFollowUps(options, { drafts: standing, touched, turn, seat, urgency, signal });
  seat.leave();
  const edits = await recordEdits(options, standing, { urgency, signal });
  const gone = standing.flatMap(({ post: { key, text }, gone: at }) =>
    at === undefined ? [] : [{ key, at, words: [text] }],
  );
  await erase(options, gone, signal);
  const later = ({ post: { key } }: Draft) => toFirstFailure(followUps.outcomes.get(key), edits.get(key));
  return {
    outcomes: drafts.map((draft, index) => recorded[index] ?? later(draft)),
    isTooMuch: isBeyondLimits(writes, results) || followUps.isTooMuch,
  };
}
