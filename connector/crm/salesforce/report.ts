import type { News } from "../crm.ts";
import type { Coverage, Gap } from "../../model/coverage.ts";
import { toFitting } from "../../model/fitting.ts";
import type { Key } from "../../model/glossary.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { COLLECTION, toUpsertPath, writeAll, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { isThere } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import { required, toRows } from "./rows.ts";
import { queryPath, quoted } from "./soql.ts";

const MOST_GAPS = 20;
const LONGEST_COVERAGE = 32_000;
const LONGEST_KEY = 255;

export interface ReportOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  /** The Tasks that are known to stand; grows by those that this makes. */
  readonly assigned: Set<Key>;
  /** Who gets Tasks: a queue's developer name or a username; undefined: the connector's own user. */
  readonly coordinator: string | undefined;
}

type CoordinatorOptions = Pick<ReportOptions, "session" | "settings" | "coordinator">;

/**
 * Our accounts and how they fare, written to their rows; made where they are not there yet, their mode then being an admin's.
 * Where somebody has to act, a Task once. One call; two or three more where there is such a Task.
 */
export async function report(options: ReportOptions, news: readonly News[], signal: AbortSignal): Promise<void> {
  const { session, fields: f } = options;
  const rows = (toRow: (one: News) => NewRow) => new Map(news.map((one) => [one.account.key, toRow(one)]));
  const type = f.account.object;
  const born: Collection = {
    ref: "born",
    method: "POST",
    path: COLLECTION,
    type,
    rows: rows((one) => ({ ...toBirthRow(f, one), ...toAccountRow(f, one) })),
    isDone: isThere,
  };
  const accounts: Collection = {
    ref: "accounts",
    method: "PATCH",
    path: toUpsertPath(type, f.account.key),
    type,
    rows: rows((one) => toAccountRow(f, one)),
    isDone: () => false,
  };
  // Posts wait until their account's row is there.
  await writeAll(session, [born, accounts], { urgency: "urgent", signal });
  await assignTasks(options, news, signal);
}

/** An admin may let an account only listen: that stays. */
function toBirthRow({ account: a }: Fields, { account }: News): NewRow {
  return { [a.mode]: account.mode === "engage" ? "Engage" : "Listen only" };
}

function toAccountRow({ account: a }: Fields, { account, health, detail, lastHeardAt, coverage }: News): NewRow {
  const gaps = coverage.flatMap((one) => one.gaps.map((gap) => ({ feed: one.feed, gap })));
  const newest = gaps.toSorted((one, other) => other.gap.from.localeCompare(one.gap.from));
  return {
    [a.key]: account.key,
    [a.network]: account.network,
    [a.handle]: account.handle,
    [a.textLimit]: account.textLimit,
    [a.urlLength]: account.urlLength,
    [a.health]: health,
    [a.healthDetail]: toFitting(detail, 255),
    ...(lastHeardAt === undefined ? {} : { [a.lastHeardAt]: lastHeardAt }),
    [a.openGaps]: gaps.filter(({ gap }) => gap.closedAt === undefined).length,
    [a.lastGapAt]: newest[0]?.gap.from ?? null,
    [a.coverage]: toCoverage(newest.slice(0, MOST_GAPS)),
  };
}

interface GapOfFeed {
  readonly feed: Coverage["feed"];
  readonly gap: Gap;
}

/** As many as there is room for. */
function toCoverage(gaps: readonly GapOfFeed[]): string | null {
  if (gaps.length === 0) return null;
  const json = JSON.stringify(
    gaps.map(({ feed, gap: { from, to, cause, detail, closedAt, brought } }) => ({
      ...{ feed, from, to, cause, detail, closedAt, brought },
    })),
  );
  return json.length > LONGEST_COVERAGE ? toCoverage(gaps.slice(0, -1)) : json;
}

/** Born: what people make of such a Task is theirs. Where the org does not let its owner have Tasks, ours takes it. */
async function assignTasks(options: ReportOptions, news: readonly News[], signal: AbortSignal): Promise<void> {
  const { session, fields: f, assigned } = options;
  const asked = news.filter((one) => one.task !== undefined && !assigned.has(toTaskKey(one)));
  if (asked.length === 0) return;
  const owner = await findCoordinator(options, signal);
  const toTasks = (mine: readonly News[], more: NewRow): Collection => ({
    ref: "tasks",
    method: "POST",
    path: COLLECTION,
    type: "Task",
    rows: new Map(mine.map((one) => [one.account.key, { ...toTaskRow(f, one), ...more }])),
    isDone: isThere,
  });
  const call = { urgency: "urgent", signal } as const;
  const own = owner === undefined ? {} : { OwnerId: owner };
  const outcomes = await writeChunks(session, [toTasks(asked, own)], call);
  const refused = asked.filter(({ account }) => outcomes.get(`tasks ${account.key}`) !== undefined);
  await writeAll(session, [toTasks(refused, {})], call);
  for (const one of asked) assigned.add(toTaskKey(one));
}

function toTaskKey({ account, task }: News): Key {
  const since = `#${task?.since ?? ""}`;
  return `${account.key.slice(0, LONGEST_KEY - since.length)}${since}`;
}

function toTaskRow(f: Fields, one: News): NewRow {
  const { task } = one;
  return {
    [f.task.postKey]: toTaskKey(one),
    Subject: toFitting(task?.subject ?? "", 255),
    Description: task?.remedy,
    Priority: "High",
  };
}

/** The id of whom the configuration names; undefined: nobody, or nobody that the org has. */
export async function findCoordinator(
  { session, settings, coordinator }: CoordinatorOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (coordinator === undefined) return undefined;
  const queue = settings().queues.get(coordinator);
  if (queue !== undefined) return queue;
  const soql = `SELECT Id FROM User WHERE Username = ${quoted(coordinator)} AND IsActive = true`;
  const results = await session.composite([{ ref: "users", method: "GET", path: queryPath(soql) }], signal, "urgent");
  const [user] = await toRows(session, results.get("users"), signal);
  return user === undefined ? undefined : required(user, "Id");
}
