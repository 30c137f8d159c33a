import { isPattern } from "./cel.ts";
import { toArticle, toExample, toQuotedList, Unusable, type Allowed, type Found } from "./found.ts";
import { NAMES, type Only } from "./names.ts";

export interface Call {
  /** As CEL calls it. */
  readonly asked: string;
  /** What stands before the dot. */
  readonly target: Found | undefined;
  readonly args: readonly Found[];
}

const YES_OR_NO: Found = { type: "yes or no" };
const OF_TEXTS: ReadonlySet<string> = new Set(["says", "contains", "startsWith", "endsWith", "matches"]);

/** What the operation answers. Throws `Unusable` where it does not go with what it is asked of. */
export function checkCall({ asked, target, args }: Call, allowed: Allowed): Found {
  if (target !== undefined) return checkOfText(asked, target, args);
  const sign = toSign(asked);
  const [one, other] = args;
  if (one !== undefined && asked === "size" && args.length === 1) return checkSize(one);
  if (["&&", "||", "!"].includes(sign)) return checkJoined(sign, args);
  if (one === undefined || other === undefined) throw toUnknown(sign);
  if (sign === "==" || sign === "!=") return checkEqual(sign, one, other);
  if (["<", "<=", ">", ">="].includes(sign)) return checkOrdered(sign, one, other);
  if (sign === "in") return checkContained(one, other, allowed);
  throw toUnknown(sign);
}

/** As it is written: CEL calls it `_==_` or `@in`. */
function toSign(asked: string): string {
  return asked.replace(/^_|_$|^@/g, "").replace("?_:", "? :");
}

function checkSize(one: Found): Found {
  if (one.type === "text" || one.type.startsWith("list")) return { type: "number" };
  throw new Unusable(`size( ) counts a text or a list, and not ${toArticle(one.type)}.`);
}

function checkJoined(sign: string, parts: readonly Found[]): Found {
  const wrong = parts.find(({ type }) => type !== "yes or no");
  if (wrong === undefined) return YES_OR_NO;
  const what = wrong.name === undefined ? toArticle(wrong.type) : `"${wrong.name}", which is ${toArticle(wrong.type)}`;
  throw new Unusable(`"${sign}" takes a yes or no, and not ${what}: compare it, such as ${toExample(wrong)}.`);
}

function checkEqual(sign: string, one: Found, other: Found): Found {
  if (one.type !== other.type)
    throw new Unusable(
      `"${sign}" compares like with like, and here are ${toArticle(one.type)} and ${toArticle(other.type)}. ` +
        "A text stands in quotes, a number does not.",
    );
  if (one.type.startsWith("list"))
    throw new Unusable(`A list cannot be compared by "${sign}": ask what is in it, such as "billing" in topics.`);
  expectPossible(one, other.literal);
  expectPossible(other, one.literal);
  return YES_OR_NO;
}

function checkOrdered(sign: string, one: Found, other: Found): Found {
  if (one.type === "number" && other.type === "number") return YES_OR_NO;
  throw new Unusable(
    `"${sign}" compares two numbers, such as followers >= 1000, and here are ${toArticle(one.type)} and ${toArticle(other.type)}.`,
  );
}

function checkContained(one: Found, list: Found, { topics }: Allowed): Found {
  if (
    !(one.type === "text" && list.type === "list of texts") &&
    !(one.type === "number" && list.type === "list of numbers")
  )
    throw new Unusable(
      `"in" asks whether a text stands in a list of texts, such as language in ["de", "fr"], and here are ` +
        `${toArticle(one.type)} and ${toArticle(list.type)}.`,
    );
  if (Array.isArray(list.literal)) for (const literal of list.literal) expectPossible(one, literal as string | number);
  if (list.name === "topics" && topics !== undefined)
    expectFit(
      "A topic",
      { fits: (value) => topics.includes(value), such: `one of ${toQuotedList(topics)}` },
      one.literal,
    );
  return YES_OR_NO;
}

/** `text.contains("x")` and its like. */
function checkOfText(asked: string, target: Found, args: readonly Found[]): Found {
  if (!OF_TEXTS.has(asked)) throw toUnknown(`.${asked}( )`);
  const [arg] = args;
  const isList = asked === "says" && arg?.type === "list of texts";
  if (target.type !== "text" || args.length !== 1 || (arg?.type !== "text" && !isList))
    throw new Unusable(`".${asked}( )" asks a text for one text, such as text.${asked}("refund").`);
  if (asked === "says") checkWords(arg.literal);
  if (asked === "matches") checkPattern(arg.literal);
  return YES_OR_NO;
}

function checkWords(words: Found["literal"]): void {
  if (words !== undefined && [words].flat().every((word) => String(word).trim() !== "")) return;
  throw new Unusable('".says( )" takes words that are written out, such as text.says(["refund", "money back"]).');
}

function checkPattern(pattern: Found["literal"]): void {
  if (typeof pattern !== "string")
    throw new Unusable('".matches( )" takes a pattern that is written out, such as text.matches("(?i)gate [A-Z]").');
  if (isPattern(pattern)) return;
  throw new Unusable(
    `The pattern "${pattern}" is not one of RE2, which has neither look-behind nor back-references: mend it, or use text.says( ).`,
  );
}

function expectPossible({ name = "" }: Found, literal: Found["literal"]): void {
  const only = NAMES[name]?.only;
  if (only !== undefined) expectFit(`"${name}"`, only, literal);
}

function expectFit(what: string, only: Only, literal: Found["literal"]): void {
  if (typeof literal !== "string" || only.fits(literal)) return;
  throw new Unusable(`${what} is never "${literal}": it is always ${only.such}.`);
}

function toUnknown(what: string): Unusable {
  return new Unusable(
    `Rules do not have "${what}". They have == != < <= > >= && || ! in size( ) and, asked of a text, .says( ) .contains( ) ` +
      ".startsWith( ) .endsWith( ) .matches( ).",
  );
}
