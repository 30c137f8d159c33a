import type { News } from "../crm.ts";
import { toFitting } from "../../model/fitting.ts";
import type { Key } from "../../model/glossary.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { toAccountRow, toBirthRow } from "./account-row.ts";
import { COLLECTION, requireAll, toUpsertPath, writeAll, writeChunks, type Collection } from "./collection.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import { isOurRule, isThere } from "./outcome.ts";
import type { NewRow } from "./post-row.ts";
import { number, required, toRows } from "./rows.ts";
import { isIn, queryPath, quoted } from "./soql.ts";
import type { NextTurn } from "./turn.ts";

const LONGEST_KEY = 255;

export interface ReportOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  readonly nextTurn: NextTurn;
  /** The Tasks that are known to stand; grows by those that this makes. */
  readonly assigned: Set<Key>;
  /** Who gets Tasks: a queue's developer name or a username; undefined: the connector's own user. */
  readonly coordinator: string | undefined;
}

type CoordinatorOptions = Pick<ReportOptions, "session" | "settings" | "coordinator">;

/**
 * Our accounts and how they fare, written to their rows; made where they are not there yet, their mode then being an admin's.
 * Where somebody has to act, a Task once. One call; two or three more where there is such a Task. A report that comes late is
 * refused by the turn of a later one; of what is heard elsewhere a row is made, none is changed.
 */
export async function report(options: ReportOptions, news: readonly News[], signal: AbortSignal): Promise<void> {
  const { session, fields: f } = options;
  const turn = await options.nextTurn(0);
  const ours = news.filter((one) => one.born === undefined);
  const rows = ours.map((one) => [one.account.key, toAccountRow(f, one, turn)] as const);
  const born: Collection = {
    ref: "born",
    method: "POST",
    path: COLLECTION,
    type: f.account.object,
    rows: new Map(news.map((one) => [one.account.key, { ...toBirthRow(f, one), ...toAccountRow(f, one, turn) }])),
    isDone: isThere,
  };
  // Posts wait until their account's row is there.
  const call = { urgency: "urgent", signal } as const;
  const collections = ours.length === 0 ? [born] : [born, toAccounts(f, new Map(rows))];
  const outcomes = await writeChunks(session, collections, call);
  const behind = ours.filter(({ account }) => outcomes.get(`accounts ${account.key}`) === "again");
  const own = new Set(behind.map(({ account }) => `accounts ${account.key}`));
  requireAll([...outcomes].filter(([name]) => !own.has(name)).map(([, outcome]) => outcome));
  if (behind.length > 0) await reportBehind(options, behind, signal);
  await assignTasks(options, news, signal);
}

function toAccounts(f: Fields, rows: Collection["rows"]): Collection {
  const { object, key, turn } = f.account;
  return {
    ref: "accounts",
    method: "PATCH",
    path: toUpsertPath(object, key),
    type: object,
    rows,
    isDone: () => false,
    isStale: (error) => isOurRule(error, turn),
  };
}

/** What comes late never gets here: somebody's clock or journal who reported before is ahead of ours. */
async function reportBehind(options: ReportOptions, news: readonly News[], signal: AbortSignal): Promise<void> {
  const { session, fields: f } = options;
  const { object, key } = f.account;
  const keys = isIn(
    key,
    news.map(({ account }) => account.key),
  );
  const soql = `SELECT Id, ${key}, ${f.account.turn} FROM ${object} WHERE ${keys}`;
  const results = await session.composite([{ ref: "turns", method: "GET", path: queryPath(soql) }], signal, "urgent");
  const standing = await toRows(session, results.get("turns"), signal);
  const turns = standing.map((row) => number(row, f.account.turn) ?? 0);
  const turn = await options.nextTurn(Math.max(0, ...turns) + 1);
  const rows = news.map((one) => [one.account.key, toAccountRow(f, one, turn)] as const);
  await writeAll(session, [toAccounts(f, new Map(rows))], { urgency: "urgent", signal });
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
