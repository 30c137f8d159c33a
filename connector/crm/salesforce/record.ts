import type { Recorded } from "../crm.ts";
import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Route } from "../../model/reply.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { toCaseUpdate, toNewCaseRow } from "./case-row.ts";
import type { Session, Step, StepResult } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { toRowOutcome, worst, type RowError, type RowOutcome } from "./outcome.ts";
import { toLinkRows, toPersonaRow } from "./persona-row.ts";
import { toPostRow, type NewRow } from "./post-row.ts";
import { flag, required, text, toRowResults, toRows, type Row } from "./rows.ts";
import { isIn, queryPath } from "./soql.ts";
import { toTaskRow } from "./task-row.ts";

export interface RecordOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  /** The queue for a Case whose own queue the org does not have. */
  readonly fallbackQueue: string;
  /** What may be sent now in answer to a post. */
  readonly routes: (draft: Draft) => readonly Route[];
}

/** One collection call of a composite: its rows, each under the name that others know it by. */
interface Rows {
  readonly ref: string;
  readonly method: "POST" | "PATCH";
  readonly path: string;
  readonly type: string;
  readonly rows: ReadonlyMap<string, NewRow>;
  readonly isDone: (error: RowError) => boolean;
}

/**
 * Writes a batch (at most 200 drafts): personas, new Cases, changed Cases, posts and a look at the Cases touched in one
 * call; Tasks and links in a second one where there are any. Each write may be repeated and may come late.
 */
export async function record(options: RecordOptions, drafts: readonly Draft[], signal: AbortSignal): Promise<Recorded> {
  const { session, fields: f } = options;
  const writes = toWrites(options, drafts);
  const touched = toTouchedQuery(f, drafts);
  const results = await session.composite(
    [...writes.map(toStep), { ref: "touched", method: "GET", path: queryPath(touched) }],
    signal,
  );
  const outcomes = toOutcomes(writes, results);
  const cases = await toRows(session, results.get("touched"), signal);
  const recorded = drafts.map((draft) =>
    worst(
      outcomes.get(`personas ${draft.post.author.key}`),
      outcomes.get(`cases ${toNewCaseKey(draft) ?? ""}`),
      outcomes.get(`changes ${toKnownCaseId(draft) ?? ""}`),
      outcomes.get(`posts ${draft.post.key}`),
      isStillClosed(draft, cases) ? "again" : undefined,
    ),
  );
  const standing = drafts.filter((_, index) => recorded[index] === undefined);
  const followUps = await recordFollowUps(options, standing, cases, signal);
  return { outcomes: recorded.map((outcome, index) => outcome ?? followUps.get(drafts[index]?.post.key ?? "")) };
}

function toWrites(options: RecordOptions, drafts: readonly Draft[]): readonly Rows[] {
  const { fields: f, settings, fallbackQueue, routes } = options;
  const latest = new Map(drafts.toSorted((a, b) => a.post.version - b.post.version).map((draft) => [draft.post.key, draft]));
  const written = [...latest.values()].filter((draft) => (draft.memory?.post?.version ?? -1) < draft.post.version || isUnfinished(draft));
  const newCases = new Map<Key, NewRow>();
  for (const draft of drafts) {
    if (draft.home?.kind !== "new" || newCases.has(draft.home.key)) continue;
    newCases.set(draft.home.key, toNewCaseRow(f, settings(), draft, draft.home, fallbackQueue));
  }
  const changes = [...Map.groupBy(drafts, toKnownCaseId)].flatMap(([id, group]): [string, NewRow][] => {
    const row = toCaseUpdate(f, settings(), group);
    return id === undefined || row === undefined ? [] : [[id, row]];
  });
  const upsert = (object: string, key: string) => `composite/sobjects/${object}/${key}`;
  const all: readonly Rows[] = [
    {
      ref: "personas",
      method: "PATCH",
      path: upsert(f.persona.object, f.persona.key),
      type: f.persona.object,
      rows: new Map(drafts.map(({ post }) => [post.author.key, toPersonaRow(f, post.author)])),
      isDone: never,
    },
    { ref: "cases", method: "POST", path: "composite/sobjects", type: "Case", rows: newCases, isDone: isThere },
    { ref: "changes", method: "PATCH", path: "composite/sobjects", type: "Case", rows: new Map(changes), isDone: isGone },
    {
      ref: "posts",
      method: "PATCH",
      path: upsert(f.post.object, f.post.key),
      type: f.post.object,
      rows: new Map(written.map((draft) => [draft.post.key, toPostRow(f, draft, routes(draft))])),
      isDone: (error) => isOlder(f, error),
    },
  ];
  return all.filter(({ rows }) => rows.size > 0);
}

/** Recorded, but the Case it was to stand on did not come to be: the call was cut between the two rows. */
function isUnfinished({ memory, home }: Draft): boolean {
  return home !== undefined && memory?.post !== undefined && memory.post.caseId === undefined;
}

const never = (): boolean => false;
const isThere = ({ statusCode }: RowError): boolean => statusCode === "DUPLICATE_VALUE";
const isGone = ({ statusCode }: RowError): boolean => statusCode === "ENTITY_IS_DELETED";

/** Our rules of versions and tombstones report on these fields; a rule of the customer's own reports elsewhere. */
function isOlder(f: Fields, { statusCode, fields }: RowError): boolean {
  const named = fields ?? [];
  return (
    statusCode === "FIELD_CUSTOM_VALIDATION_EXCEPTION" && (named.includes(f.post.version) || named.includes(f.post.deletedAt))
  );
}

function toStep({ ref, method, path, type, rows }: Rows): Step {
  const records = [...rows.values()].map((row) => ({ attributes: { type }, ...row }));
  return { ref, method, path, body: { allOrNone: false, records } };
}

function toOutcomes(writes: readonly Rows[], results: ReadonlyMap<string, StepResult>): ReadonlyMap<string, RowOutcome> {
  const outcomes = new Map<string, RowOutcome>();
  for (const { ref, rows, isDone } of writes) {
    const answers = toRowResults(results.get(ref));
    [...rows.keys()].forEach((name, index) => outcomes.set(`${ref} ${name}`, toRowOutcome(answers[index], isDone)));
  }
  return outcomes;
}

function toNewCaseKey({ home }: Draft): Key | undefined {
  return home?.kind === "new" || home?.kind === "batch" ? home.key : undefined;
}

function toKnownCaseId({ home }: Draft): string | undefined {
  return home?.kind === "open" || home?.kind === "reopen" ? home.case.id : undefined;
}

function toTouchedQuery(f: Fields, drafts: readonly Draft[]): string {
  const ids = isIn("Id", drafts.flatMap((draft) => toKnownCaseId(draft) ?? []));
  const keys = isIn(f.case.key, drafts.flatMap((draft) => toNewCaseKey(draft) ?? []));
  return `SELECT Id, ${f.case.key}, IsClosed FROM Case WHERE (${ids}) OR (${keys})`;
}

/** We reopened it, and it is closed: somebody closed it meanwhile, so the customer's post is decided again. */
function isStillClosed({ home }: Draft, cases: readonly Row[]): boolean {
  return home?.kind === "reopen" && cases.some((row) => required(row, "Id") === home.case.id && flag(row, "IsClosed"));
}

async function recordFollowUps(
  { session, fields: f, settings }: RecordOptions,
  drafts: readonly Draft[],
  cases: readonly Row[],
  signal: AbortSignal,
): Promise<ReadonlyMap<Key, RowOutcome>> {
  const idOfKey = new Map(cases.map((row) => [text(row, f.case.key), required(row, "Id")]));
  const caseId = (draft: Draft) => toKnownCaseId(draft) ?? idOfKey.get(toNewCaseKey(draft));
  const tasks = new Map(
    drafts.filter(({ task }) => task !== undefined).map((draft) => [draft.post.key, toTaskRow(f, settings(), draft, caseId(draft))]),
  );
  const links = toLinkRows(f, drafts);
  const all: readonly Rows[] = [
    {
      ref: "links",
      method: "PATCH",
      path: `composite/sobjects/${f.persona.object}/${f.persona.key}`,
      type: f.persona.object,
      rows: new Map(links.map((row) => [String(row[f.persona.key]), row])),
      // Refused by our guard: a person decided meanwhile, and the person's word stands.
      isDone: ({ statusCode }) => statusCode === "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    },
    {
      ref: "tasks",
      method: "PATCH",
      path: `composite/sobjects/Task/${f.task.postKey}`,
      type: "Task",
      rows: tasks,
      isDone: never,
    },
  ];
  const writes = all.filter(({ rows }) => rows.size > 0);
  if (writes.length === 0) return new Map();
  const outcomes = toOutcomes(writes, await session.composite(writes.map(toStep), signal));
  return new Map(
    drafts.map(({ post }) => [post.key, worst(outcomes.get(`links ${post.author.key}`), outcomes.get(`tasks ${post.key}`))]),
  );
}
