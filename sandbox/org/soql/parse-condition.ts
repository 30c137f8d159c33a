import type { Condition, Literal, Operator, Query } from "../query.ts";
import type { Cursor } from "./cursor.ts";
import { malformed } from "./tokens.ts";

/** Parses a nested query, so that semi-joins need no import in a circle. */
type ParseQuery = (cursor: Cursor) => Query;

/** WHERE or HAVING. Like Salesforce, refuses AND beside OR without parentheses. */
export function parseCondition(cursor: Cursor, parseQuery: ParseQuery): Condition {
  const first = parseTerm(cursor, parseQuery);
  const op = cursor.isNext("AND") ? "and" : cursor.isNext("OR") ? "or" : undefined;
  if (op === undefined) return first;
  const terms = [first];
  while (cursor.accept(op.toUpperCase())) terms.push(parseTerm(cursor, parseQuery));
  if (cursor.isNext("AND") || cursor.isNext("OR")) cursor.fail();
  return { op, terms };
}

function parseTerm(cursor: Cursor, parseQuery: ParseQuery): Condition {
  if (cursor.accept("NOT")) return { op: "not", term: parseTerm(cursor, parseQuery) };
  if (cursor.accept("(")) {
    const inner = parseCondition(cursor, parseQuery);
    cursor.expect(")");
    return inner;
  }
  return parseComparison(cursor, parseQuery);
}

function parseComparison(cursor: Cursor, parseQuery: ParseQuery): Condition {
  const path = parsePath(cursor);
  if (cursor.accept("NOT", "IN")) return { op: "in", path, not: true, values: parseSet(cursor, parseQuery) };
  if (cursor.accept("IN")) return { op: "in", path, not: false, values: parseSet(cursor, parseQuery) };
  return { op: "compare", path, operator: parseOperator(cursor), value: parseLiteral(cursor) };
}

/** A field's path, or in HAVING an aggregate such as `COUNT(Id)`, which becomes `count(Id)`. */
function parsePath(cursor: Cursor): string {
  const name = cursor.expectKind("name");
  if (!cursor.accept("(")) return name;
  const inner = cursor.isNext(")") ? "" : cursor.expectKind("name");
  cursor.expect(")");
  return `${name.toLowerCase()}(${inner})`;
}

function parseOperator(cursor: Cursor): Operator {
  if (cursor.accept("LIKE")) return "like";
  if (cursor.accept("<>")) return "!=";
  for (const operator of ["=", "!=", "<=", ">=", "<", ">"] as const) if (cursor.accept(operator)) return operator;
  return cursor.fail();
}

function parseSet(cursor: Cursor, parseQuery: ParseQuery): Literal[] | Query {
  cursor.expect("(");
  if (cursor.isNext("SELECT")) {
    const query = parseQuery(cursor);
    cursor.expect(")");
    return query;
  }
  const values = [parseLiteral(cursor)];
  while (cursor.accept(",")) values.push(parseLiteral(cursor));
  cursor.expect(")");
  return values;
}

function parseLiteral(cursor: Cursor): Literal {
  const token = cursor.take();
  switch (token.kind) {
    case "string":
    case "date":
    case "datetime":
      return { kind: token.kind, value: token.text };
    case "number":
      return { kind: "number", value: Number(token.text) };
    case "name":
      return toWord(cursor, token.text.toUpperCase());
    default:
      throw malformed(cursor.soql, token.at, `unexpected token: '${token.text}'`);
  }
}

function toWord(cursor: Cursor, word: string): Literal {
  if (word === "NULL") return { kind: "null" };
  if (word === "TRUE" || word === "FALSE") return { kind: "boolean", value: word === "TRUE" };
  if (!cursor.accept(":")) return { kind: "range", name: word };
  return { kind: "range", name: word, n: Number(cursor.expectKind("number")) };
}
