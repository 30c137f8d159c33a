import type { Recorded } from "../crm.ts";
import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import { toCaseUpdate, toNewCaseRow } from "./case-row.ts";
import { COLLECTION, toOutcomes, toStep, toUpsertPath, type Collection } from "./collection.ts";
import { recordFollowUps } from "./follow-ups.ts";
import { isBeyondLimits, toHalves } from "./halves.ts";
import { isNews, toNewest } from "./newest.ts";
import { isOurRule, toFirstFailure, type RowError } from "./outcome.ts";
import { toPersonaRow } from "./persona-row.ts";
import { toPostRow, type NewRow } from "./post-row.ts";
import type { RecordOptions } from "./record-options.ts";
import { toRows } from "./rows.ts";
import { queryPath } from "./soql.ts";
import { isCaseGone, isClosedMeanwhile, toKnownCaseId, toNewCaseKey, toTouchedQuery } from "./touched-cases.ts";

/**
 * Writes a batch (at most 200 drafts): personas, new Cases, changed Cases, posts and a look at the Cases touched in one
 * call; Tasks and links in a second one where there are any. Each write may be repeated and may come late. A batch that is
 * too much for the org's own code goes in halves.
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
): Promise<Recorded & { readonly isTooMuch: boolean }> {
  const { session, fields: f } = options;
  const writes = toWrites(options, drafts);
  const results = await session.composite(
    [...writes.map(toStep), { ref: "touched", method: "GET", path: queryPath(toTouchedQuery(f, drafts)) }],
    signal,
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
  const followUps = await recordFollowUps(options, standing, touched, signal);
  return {
    outcomes: recorded.map((outcome, index) => outcome ?? followUps.outcomes.get(drafts[index]?.post.key ?? "")),
    isTooMuch: isBeyondLimits(writes, results) || followUps.isTooMuch,
  };
}

function toWrites(options: RecordOptions, drafts: readonly Draft[]): readonly Collection[] {
  const { fields: f, settings, fallbackQueue, routes } = options;
  const written = toNewest(drafts).filter((draft) => isNews(draft) || isUnfinished(draft));
  const newCases = [...Map.groupBy(drafts, toNewCaseKey)].flatMap(([key, group]): [Key, NewRow][] => {
    const row = toNewCaseRow(f, settings(), group, fallbackQueue);
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
      rows: new Map(drafts.map(({ post }) => [post.author.key, toPersonaRow(f, post.author)])),
      isDone: () => false,
    },
    { ref: "cases", method: "POST", path: COLLECTION, type: "Case", rows: new Map(newCases), isDone: isThere },
    { ref: "changes", method: "PATCH", path: COLLECTION, type: "Case", rows: new Map(changes), isDone: isGone },
    {
      ref: "posts",
      method: "PATCH",
      path: toUpsertPath(f.post.object, f.post.key),
      type: f.post.object,
      rows: new Map(written.map((draft) => [draft.post.key, toPostRow(f, draft, routes(draft))])),
      // A newer version or a tombstone stands.
      isDone: (error) => isOurRule(error, f.post.version, f.post.deletedAt),
    },
  ];
  return all.filter(({ rows }) => rows.size > 0);
}

/** Recorded, but the Case it was to stand on did not come to be: the call was cut between the two rows. */
function isUnfinished({ memory, home }: Draft): boolean {
  return home !== undefined && memory?.post !== undefined && memory.post.caseId === undefined;
}

const isThere = ({ statusCode }: RowError): boolean => statusCode === "DUPLICATE_VALUE";
const isGone = ({ statusCode }: RowError): boolean => statusCode === "ENTITY_IS_DELETED";
