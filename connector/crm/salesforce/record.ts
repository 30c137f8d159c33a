import type { Recorded } from "../crm.ts";
import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { toCaseUpdate, toNewCaseRow } from "./case-row.ts";
import { COLLECTION, toOutcomes, toStep, toUpsertPath, type Collection } from "./collection.ts";
import { recordEdits } from "./edits.ts";
import { erase } from "./erase.ts";
import { recordFollowUps } from "./follow-ups.ts";
import { isBeyondLimits, toHalves } from "./halves.ts";
import { isUnknown, toFirst, toNewest } from "./newest.ts";
import { isGone, isOurRule, isThere, toFirstFailure } from "./outcome.ts";
import { toPersonaRows } from "./persona-row.ts";
import { toPostRow, type NewRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { toRows } from "./rows.ts";
import type { Seat } from "./shared-writes.ts";
import { queryPath } from "./soql.ts";
import { isCaseGone, isClosedMeanwhile, toKnownCaseId, toNewCaseKey, toTouchedQuery } from "./touched-cases.ts";
import { toUrgency } from "./urgency.ts";

/**
 * Writes a batch (at most 200 drafts): personas, new Cases, changed Cases, new posts and a look at the Cases touched in one
 * call; Tasks and links in a second one that batches share, edits in up to three more, where there are any. A batch that is
 * too much for the org's own code goes in halves. Each write may be repeated and may come late:
 *
 *   born       new Cases, posts and Tasks are inserted by their unique keys: a late one finds the row, and changes nothing
 *   versioned  the words of an edit are refused where newer ones stand, a person's, or a tombstone
 *   guarded    links, Contacts, reopening, the Case's times and what is cut are refused where they no longer fit
 *   harmless   a persona's name and picture may show for a while what they were a moment before
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
  const seat = options.sharedWrites.enter();
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
  const writes = toWrites(options, drafts);
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
  const followUps = await recordFollowUps(options, { drafts: standing, touched, seat, urgency, signal });
  seat.leave();
  const edits = await recordEdits(options, standing, { urgency, signal });
  const gone = standing.flatMap(({ post: { key, text }, gone: at }) =>
    at === undefined ? [] : [{ key, at, words: [text] }],
  );
  await erase(session, f, gone, signal);
  const later = ({ post: { key } }: Draft) => toFirstFailure(followUps.outcomes.get(key), edits.get(key));
  return {
    outcomes: drafts.map((draft, index) => recorded[index] ?? later(draft)),
    isTooMuch: isBeyondLimits(writes, results) || followUps.isTooMuch,
  };
}

function toWrites(options: RecordOptions, drafts: readonly Draft[]): readonly Collection[] {
  const { fields: f, settings, fallbackQueue, routes } = options;
  const born = toNewest(drafts).filter(isUnknown);
  const first = new Set(born.filter(({ post, gone }) => post.version === 0 && gone === undefined).map(toKey));
  const earliest = toFirst(drafts);
  const now = options.now();
  const newCases = [...Map.groupBy(drafts, toNewCaseKey)].flatMap(([key, group]): [Key, NewRow][] => {
    const row = toNewCaseRow(f, settings(), group, { fallbackQueue, now });
    return key === undefined || row === undefined ? [] : [[key, row]];
  });
  const changes = [...Map.groupBy(drafts, toKnownCaseId)].flatMap(([id, group]): [string, NewRow][] => {
    const row = toCaseUpdate(f, settings(), group);
    return id === undefined || row === undefined ? [] : [[id, row]];
  });
  const all: readonly Collection[] = [
    {
      ref: "personas",
      method: "PATCH",
      path: toUpsertPath(f.persona.object, f.persona.key),
      type: f.persona.object,
      rows: toPersonaRows(f, drafts),
      isDone: () => false,
    },
    { ref: "cases", method: "POST", path: COLLECTION, type: "Case", rows: new Map(newCases), isDone: isThere },
    {
      ref: "changes",
      method: "PATCH",
      path: COLLECTION,
      type: "Case",
      rows: new Map(changes),
      isDone: isGone,
      // Somebody else's call moved its times on, or it was opened or closed since.
      isStale: (error) => isOurRule(error, f.case.lastInboundAt, f.case.seenClosedAt),
    },
    {
      ref: "posts",
      method: "POST",
      path: COLLECTION,
      type: f.post.object,
      rows: new Map(
        born.map((draft) => [draft.post.key, toPostRow(f, draft, routes(draft), earliest.get(draft.post.key))]),
      ),
      // A call that was given up has made the row since: as first posted it stands, else it has to be changed.
      isDone: (error, key) => isThere(error) && first.has(key),
      isStale: (error) => isThere(error) || isOurRule(error, f.post.contact),
    },
  ];
  return all.filter(({ rows }) => rows.size > 0);
}

const toKey = ({ post }: Draft): Key => post.key;
