import { parse, type Plan } from "./cel.ts";
import { checkCondition, isAlways, type Expression } from "./check-condition.ts";
import { Unusable, type Allowed } from "./found.ts";
import type { Condition } from "./rule.ts";

/** No condition that people can follow is longer. */
const LONGEST = 4000;

export interface Prepared {
  readonly holds: Condition;
  /** It holds for every post. */
  readonly isAlways: boolean;
}

/** The condition that this text is; empty, it always holds. Throws `Unusable`. */
export function toCondition(text: string, plan: Plan, allowed: Allowed): Prepared {
  if (text.trim() === "") return { holds: () => true, isAlways: true };
  if (text.length > LONGEST)
    throw new Unusable(`The condition has more than ${LONGEST} characters: make several rules of it.`);
  const condition = read(text);
  checkCondition(condition, allowed);
  return { holds: plan(condition), isAlways: isAlways(condition) };
}

function read(text: string): Expression {
  try {
    // A note needs the end of its line.
    return parse(text.includes("//") ? `${text}\n` : text).expr;
  } catch (error) {
    if (error instanceof RangeError)
      throw new Unusable("The condition has too many brackets in brackets: make several rules of it.");
    throw new Unusable(`The condition cannot be read${toPlace(error)}. ${toAdvice(text)}`);
  }
}

/** The parser says it in its message, `<input>:1:8: found …`. */
function toPlace(error: unknown): string {
  const [, line, column] = /^\S*:(\d+):(\d+):/.exec((error as Error).message) ?? [];
  if (line === undefined || column === undefined) return "";
  return ` from character ${column} of line ${line} on`;
}

/** What people most often write, coming from elsewhere. */
function toAdvice(text: string): string {
  if (/[“”„‘’«»]/u.test(text)) return 'Texts stand in straight quotes, such as "de".';
  const bare = text.replace(/"[^"]*"|'[^']*'/g, '""');
  if (/[^\S \t\r\n]|\p{Cf}/u.test(bare)) return "A blank there is none, though it looks like one: type it anew.";
  if (/["']/.test(bare.replaceAll('""', ""))) return "A quote is opened and not closed.";
  if (/(?<![=!<>])=(?!=)/.test(bare)) return 'Two equals signs compare, such as intent == "question".';
  if (/\b(and|or|not)\b/i.test(bare)) return "Write && for and, || for or, ! for not.";
  if ((bare.match(/\(/g) ?? []).length !== (bare.match(/\)/g) ?? []).length) return "Brackets do not match.";
  return 'It is written such as intent == "question" && followers >= 1000.';
}
