import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import type { Condition, Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { QueryRow } from "../store.ts";
import type { Asker } from "./asker.ts";
import { selectedFields, selectedPaths } from "./selected-paths.ts";
import { toCondition, type Filter } from "./to-condition.ts";
import { toOrder } from "./to-order.ts";
import type { Visible } from "./visible.ts";

const DEFAULT_FIRST = 10;
const MAX_FIRST = 2000;

interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly where?: Filter | null;
  readonly scope?: "EVERYTHING" | "MINE" | null;
}

interface Target {
  readonly object: ObjectType;
  readonly visible: Visible;
}

/** Answers a connection over all rows of an object that the asker may see. */
export function resolveConnection(target: Target): GraphQLFieldResolver<unknown, Asker, ConnectionArguments> {
  return (_source, given, asker, info) => load(target, given, asker, info);
}

/** Answers a connection over the rows that point to the source row with `field`. */
export function resolveChildren(
  target: Target,
  field: string,
): GraphQLFieldResolver<QueryRow, Asker, ConnectionArguments> {
  return (row, given, asker, info) => {
    const value = { kind: "string", value: row["Id"] as string } as const;
    return load(target, given, asker, info, { op: "compare", path: field, operator: "=", value });
  };
}

function load(
  { object, visible }: Target,
  given: ConnectionArguments,
  { store, actor }: Asker,
  info: GraphQLResolveInfo,
  narrow?: Condition,
): object {
  const first = given.first ?? DEFAULT_FIRST;
  if (first < 0 || first > MAX_FIRST) throw new Refusal("INVALID_ARGUMENT", `first must be between 0 and ${MAX_FIRST}`);
  const start = given.after ? toPosition(given.after) : 0;
  const mine: Condition = { op: "compare", path: "OwnerId", operator: "=", value: { kind: "string", value: actor.id } };
  const terms = [
    narrow,
    given.scope === "MINE" ? mine : undefined,
    given.where ? toCondition(store.schema, object, given.where) : undefined,
  ].filter((term) => term !== undefined);

  const fields = info.fieldNodes.flatMap(({ selectionSet }) => selectedFields(selectionSet, info.fragments));
  const below = (name: string, inside: typeof fields) =>
    inside
      .filter((field) => field.name === name)
      .flatMap((field) => selectedFields(field.selectionSet, info.fragments));
  const paths = selectedPaths(object, below("node", below("edges", fields)), { visible, fragments: info.fragments });
  const query: Query = {
    select: [...paths].map((path) => ({ kind: "field", path })),
    from: object.name,
    ...(terms.length === 0 ? {} : { where: { op: "and", terms } }),
  };
  // One row more than asked for tells whether there is a next page.
  const page = { orderBy: toOrder(object, store.schema, info), limit: first + 1, offset: start };
  const rows = store.query(actor, { ...query, ...page }).records;
  const shown = rows.slice(0, first);
  const total = (): number => store.query(actor, { ...query, select: [{ kind: "field", path: "Id" }] }).totalSize;
  return {
    edges: shown.map((node, at) => ({ node, cursor: toCursor(start + at + 1) })),
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: start > 0,
      startCursor: shown.length === 0 ? null : toCursor(start + 1),
      endCursor: shown.length === 0 ? null : toCursor(start + shown.length),
    },
    totalCount: total,
    pageResultCount: shown.length,
  };
}

const toCursor = (position: number): string => Buffer.from(`v1:${position}`).toString("base64");

function toPosition(cursor: string): number {
  const [, position] = /^v1:(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  if (position === undefined) throw new Refusal("INVALID_ARGUMENT", `The cursor ${cursor} is not one of ours`);
  return Number(position);
}
