import type { Persona } from "../model/persona.ts";
import type { Post } from "../model/post.ts";

const SUBJECT = 255;
const DESCRIPTION = 32_000;
/** What makes text run another way or hides in it; a subject stands in a line with words of ours. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
const LEADING_NAMES = /^(?:\s*@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?[\s,:]*)+/u;

export interface CaseText {
  readonly subject: string;
  readonly description: string;
}

/** What a new Case is called. Of a private message not a word: a Case is open to more people than the message. */
export function toCaseText(post: Post): CaseText {
  const author = toName(post.author);
  if (post.visibility === "private") {
    return {
      subject: cut(`Private message from ${author}`, SUBJECT),
      description: `${author} wrote to us in private. The timeline shows it to those who may read it.`,
    };
  }
  const words = toLine(post.text.replace(LEADING_NAMES, "")) || toLine(post.text) || "a post without words";
  const source = [`${author} (@${toLine(post.author.handle)})`, post.url]
    .filter((line) => line !== undefined)
    .join("\n");
  return {
    subject: cut(`${author}: ${words}`, SUBJECT),
    description: `${cut(post.text, DESCRIPTION - source.length - 2)}\n\n${source}`,
  };
}

function toName({ displayName, handle }: Persona): string {
  return cut(toLine(displayName) || `@${toLine(handle)}`, 80);
}

function toLine(text: string): string {
  return text.replace(UNSEEN, " ").trim();
}

/** At most `longest` UTF-16 units, as Salesforce counts; never ends in half a character. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const whole = text.slice(0, longest - 1);
  return `${/[\uD800-\uDBFF]$/u.test(whole) ? whole.slice(0, -1) : whole}…`;
}
