import { malformed, toTokens, type Token, type TokenKind } from "./tokens.ts";

/** A place in a row of tokens, and what the parser asks about it. */
export interface Cursor {
  readonly soql: string;
  peek(ahead?: number): Token;
  take(): Token;
  /** Is a keyword or symbol next? */
  isNext(...words: readonly string[]): boolean;
  /** Takes these keywords or symbols if all of them come next. */
  accept(...words: readonly string[]): boolean;
  expect(word: string): void;
  expectKind(kind: TokenKind): string;
  fail(): never;
}

export function toCursor(soql: string): Cursor {
  const tokens = toTokens(soql);
  const end = tokens.at(-1) ?? { kind: "end" as const, text: "<EOF>", at: 0 };
  let at = 0;

  const peek = (ahead = 0): Token => tokens[at + ahead] ?? end;
  const isNext = (...words: readonly string[]): boolean =>
    words.every((word, ahead) => {
      const token = peek(ahead);
      return token.kind !== "string" && token.text.toUpperCase() === word;
    });
  const take = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const fail = (): never => {
    throw malformed(soql, peek().at, `unexpected token: '${peek().text}'`);
  };
  const accept = (...words: readonly string[]): boolean => {
    if (!isNext(...words)) return false;
    at += words.length;
    return true;
  };

  return {
    soql,
    peek,
    take,
    isNext,
    accept,
    fail,
    expect: (word) => {
      if (!accept(word)) fail();
    },
    expectKind: (kind) => (peek().kind === kind ? take().text : fail()),
  };
}
