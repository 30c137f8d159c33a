import { Refusal } from "../refusal.ts";

export type TokenKind = "name" | "string" | "number" | "date" | "datetime" | "symbol" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** The value of a string, else as written. */
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["string", /'(?:[^'\\]|\\[\s\S])*'/y],
  ["datetime", /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/iy],
  ["date", /\d{4}-\d\d-\d\d/y],
  ["number", /[+-]?\d+(?:\.\d+)?/y],
  ["name", /[A-Za-z_][\w.]*/y],
  ["symbol", /<=|>=|!=|<>|[=<>(),:]/y],
];

/** Cuts SOQL into tokens; the last is "end". Refuses with MALFORMED_QUERY what is none. */
export function toTokens(soql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = afterSpace(soql, 0); at < soql.length;) {
    const token = readToken(soql, at);
    tokens.push(token.kind === "string" ? { ...token, text: unescape(soql, token) } : token);
    at = afterSpace(soql, at + token.text.length);
  }
  return [...tokens, { kind: "end", text: "<EOF>", at: soql.length }];
}

function afterSpace(soql: string, at: number): number {
  const space = /\s*/y;
  space.lastIndex = at;
  return at + (space.exec(soql)?.[0].length ?? 0);
}

function readToken(soql: string, at: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(soql)?.[0];
    if (text !== undefined) return { kind, text, at };
  }
  throw malformed(soql, at, `unexpected token: '${soql.charAt(at)}'`);
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "'": "'", '"': '"', "\\": "\\" };

/** The escapes of LIKE, `\%` and `\_`, stay as they are: only LIKE reads them. */
function unescape(soql: string, token: Token): string {
  return token.text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (whole, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (escape === "%" || escape === "_") return whole;
    const character = escapes[escape.toLowerCase()];
    if (character === undefined) throw malformed(soql, token.at, `Illegal character sequence '${whole}'`);
    return character;
  });
}

/** MALFORMED_QUERY as Salesforce words it: the place with a caret, then what is wrong there. */
export function malformed(soql: string, at: number, message: string): Refusal {
  return new Refusal("MALFORMED_QUERY", pointAt(soql, at, message));
}

export function pointAt(soql: string, at: number, message: string): string {
  const from = Math.max(0, at - 30);
  const line = soql.slice(from, at + 30).replace(/\s/g, " ");
  return `\n${line}\n${" ".repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n${message}`;
}
