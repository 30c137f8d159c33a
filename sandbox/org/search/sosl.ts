import type { Query } from "../query.ts";
import { Refusal } from "../refusal.ts";
import { parseSoql } from "../soql/parse.ts";
import { pointAt } from "../soql/tokens.ts";
import type { SearchGroup } from "./find-rows.ts";
import { toTerm, type Term } from "./words.ts";

/** A SOSL statement as a tree. */
export interface Sosl {
  /** What stood between the braces. */
  readonly text: string;
  readonly terms: readonly Term[];
  readonly group: SearchGroup;
  /** What is wanted of each object; empty: the ids of all. */
  readonly returning: readonly Query[];
  readonly limit: number | undefined;
}

const FIND = /^\s*FIND\s*\{((?:\\[\s\S]|[^\\}])*)\}\s*/i;
const IN = /^IN\s+(\w+)\s+FIELDS\b\s*/i;
const RETURNING = /^RETURNING\s+/i;
const LIMIT = /^LIMIT\s+(\d+)\s*/i;
/** Signs that mean something to Salesforce, unless a backslash stands before them. */
const RESERVED = /\\[\s\S]|[&|!(){}[\]^~:'+-]/g;

/**
 * `FIND {words "a phrase" begin*} IN ALL FIELDS RETURNING Case(Id, Subject WHERE … LIMIT 5), Contact LIMIT 20`. Refuses with
 * MALFORMED_SEARCH what Salesforce refuses, and what the sandbox does not play: OR, NOT, groups, WITH, UPDATE, USING.
 */
export function parseSosl(sosl: string): Sosl {
  const find = FIND.exec(sosl);
  if (find === null) {
    throw new Refusal("MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces.");
  }
  const text = find[1] ?? "";
  const terms = toTerms(sosl, text, sosl.indexOf("{") + 1);
  let at = find[0].length;
  const accept = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(sosl.slice(at));
    at += found?.[0].length ?? 0;
    return found;
  };
  const groupAt = at + 3;
  const group = accept(IN)?.[1]?.toUpperCase() ?? "ALL";
  if (!isGroup(group)) throw malformed(sosl, groupAt, `Malformed search token: ${group}`);
  const returning: Query[] = [];
  if (accept(RETURNING) !== null) {
    do {
      const length = lengthOfWanted(sosl.slice(at));
      returning.push(toWanted(sosl, at, length));
      at += length;
    } while (accept(/^,\s*/) !== null);
  }
  const limit = accept(LIMIT)?.[1];
  if (at < sosl.length) throw malformed(sosl, at, `unexpected token: '${sosl.slice(at).split(/\s/)[0] ?? ""}'`);
  return { text, terms, group, returning, limit: limit === undefined ? undefined : Number(limit) };
}

const isGroup = (name: string): name is SearchGroup => ["ALL", "NAME", "EMAIL", "PHONE"].includes(name);

function toTerms(sosl: string, text: string, start: number): readonly Term[] {
  for (const { 0: sign, index } of text.matchAll(RESERVED)) {
    if (sign.length > 1) continue;
    const place = start + index;
    throw malformed(sosl, place, `line 1:${place} mismatched character '${sign}' expecting '}'`);
  }
  const parts = [...text.matchAll(/"((?:\\[\s\S]|[^\\"])*)"|((?:\\[\s\S]|[^\s"\\])+)/g)];
  return parts.flatMap(({ 1: phrase, 2: word = "", index }) => {
    if (/^and$/i.test(word)) return [];
    if (/^(or|not)$/i.test(word)) throw malformed(sosl, start + index, `the sandbox does not play ${word}`);
    if (/^[*?]/.test(phrase ?? word)) throw malformed(sosl, start + index, "a wildcard cannot be the first character");
    const term = toTerm(phrase ?? word);
    return term.length === 0 ? [] : [term];
  });
}

/** `Case`, or `Case(…)` up to its own closing parenthesis; texts inside may hold others. */
function lengthOfWanted(rest: string): number {
  const name = /^\w+\s*/.exec(rest)?.[0] ?? "";
  if (rest.charAt(name.length) !== "(") return name.length;
  let depth = 0;
  for (const { 0: part, index } of rest.matchAll(/'(?:\\[\s\S]|[^\\'])*'|[()]/g)) {
    depth += part === "(" ? 1 : part === ")" ? -1 : 0;
    if (depth === 0 && part === ")") return index + 1 + (/^\s*/.exec(rest.slice(index + 1))?.[0].length ?? 0);
  }
  return name.length;
}

/** What is wanted of an object, as a query of it. */
function toWanted(sosl: string, at: number, length: number): Query {
  const [, name = "", inside] = /^(\w+)\s*(?:\(([\s\S]*)\)\s*)?$/.exec(sosl.slice(at, at + length)) ?? [];
  const [, fields = inside, rest = ""] =
    /^([\s\S]*?)\s+((?:WHERE|ORDER|LIMIT|OFFSET|USING)\b[\s\S]*)$/i.exec(inside ?? "") ?? [];
  try {
    const query = parseSoql(`SELECT ${fields ?? "Id"} FROM ${name} ${rest}`);
    if (query.groupBy === undefined && query.select.every(({ kind }) => kind === "field")) return query;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  throw malformed(sosl, at, `unexpected token: '${sosl.slice(at, at + Math.max(length, 1))}'`);
}

const malformed = (sosl: string, at: number, message: string): Refusal =>
  new Refusal("MALFORMED_SEARCH", pointAt(sosl, at, message));
