import type { AggregateFn, OrderItem, Query, SelectItem } from "../query.ts";
import { Refusal } from "../refusal.ts";
import { toCursor, type Cursor } from "./cursor.ts";
import { parseCondition } from "./parse-condition.ts";

const maxLength = 100_000;
const aggregates = new Set<string>(["count", "count_distinct", "sum", "avg", "min", "max"]);
const clauses = new Set(["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "WITH", "FOR", "USING", "UPDATE"]);

/** Parses SOQL. Refuses with MALFORMED_QUERY what Salesforce refuses, and what the sandbox does not play. */
export function parseSoql(soql: string): Query {
  if (soql.length > maxLength) {
    throw new Refusal("MALFORMED_QUERY", `SOQL statements cannot be longer than ${maxLength} characters.`);
  }
  const cursor = toCursor(soql);
  const query = parseQuery(cursor);
  if (cursor.peek().kind !== "end") cursor.fail();
  return query;
}

function parseQuery(cursor: Cursor): Query {
  cursor.expect("SELECT");
  const select = [parseItem(cursor)];
  while (cursor.accept(",")) select.push(parseItem(cursor));
  cursor.expect("FROM");
  const from = cursor.expectKind("name");
  const alias = cursor.peek().kind === "name" && !clauses.has(cursor.peek().text.toUpperCase());
  if (alias) cursor.fail();
  const where = cursor.accept("WHERE") ? parseCondition(cursor, parseQuery) : undefined;
  if (cursor.accept("WITH") && !cursor.accept("SECURITY_ENFORCED") && !cursor.accept("USER_MODE")) cursor.fail();
  const groupBy = cursor.accept("GROUP", "BY") ? parseNames(cursor) : undefined;
  const having = cursor.accept("HAVING") ? parseCondition(cursor, parseQuery) : undefined;
  const orderBy = cursor.accept("ORDER", "BY") ? parseOrder(cursor) : undefined;
  const limit = cursor.accept("LIMIT") ? Number(cursor.expectKind("number")) : undefined;
  const offset = cursor.accept("OFFSET") ? Number(cursor.expectKind("number")) : undefined;
  return {
    select,
    from,
    ...(where && { where }),
    ...(groupBy && { groupBy }),
    ...(having && { having }),
    ...(orderBy && { orderBy }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  };
}

function parseItem(cursor: Cursor): SelectItem {
  if (cursor.accept("(")) {
    const query = parseQuery(cursor);
    cursor.expect(")");
    return { kind: "children", query };
  }
  const name = cursor.expectKind("name");
  const fn = name.toLowerCase();
  if (!cursor.isNext("(")) return { kind: "field", path: name, ...parseAlias(cursor) };
  if (!isAggregate(fn)) return cursor.fail();
  cursor.expect("(");
  const path = cursor.isNext(")") ? undefined : cursor.expectKind("name");
  cursor.expect(")");
  return { kind: "aggregate", fn, ...(path !== undefined && { path }), ...parseAlias(cursor) };
}

function isAggregate(name: string): name is AggregateFn {
  return aggregates.has(name);
}

function parseAlias(cursor: Cursor): { alias?: string } {
  if (cursor.peek().kind !== "name" || cursor.isNext("FROM")) return {};
  return { alias: cursor.take().text };
}

function parseNames(cursor: Cursor): string[] {
  const names = [cursor.expectKind("name")];
  while (cursor.accept(",")) names.push(cursor.expectKind("name"));
  return names;
}

function parseOrder(cursor: Cursor): OrderItem[] {
  const items: OrderItem[] = [];
  do {
    let path = cursor.expectKind("name");
    if (cursor.accept("(")) {
      path = `${path.toLowerCase()}(${cursor.isNext(")") ? "" : cursor.expectKind("name")})`;
      cursor.expect(")");
    }
    const descending = cursor.accept("DESC");
    if (!descending) cursor.accept("ASC");
    const nullsLast = cursor.accept("NULLS", "LAST");
    if (!nullsLast) cursor.accept("NULLS", "FIRST");
    items.push({ path, descending, nullsLast });
  } while (cursor.accept(","));
  return items;
}
