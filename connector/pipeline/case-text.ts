import type { CaseText } from "../model/draft.ts";
import { toFitting } from "../model/fitting.ts";
import type { Persona } from "../model/persona.ts";
import type { Post } from "../model/post.ts";

const SUBJECT = 255;
const DESCRIPTION = 32_000;
/** What makes text run another way or hides in it; a subject stands in a line with words of ours. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;
/** What holds one emoji together: a family is several, joined. */
const JOINER = /(?<=\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F]?)\u200D(?=\p{Extended_Pictographic})/u;
const LEADING_NAMES = /^(?:\s*@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?[\s,:]*)+/u;

/** What a new Case is called. Of a private message not a word: a Case is open to more people than the message. */
export function toCaseText(post: Post): CaseText {
  const author = toName(post.author);
  if (post.visibility === "private") {
    return {
      subject: toFitting(`Private message from ${author}`, SUBJECT),
      description: `${author} wrote to us in private. The timeline shows it to those who may read it.`,
    };
  }
  const words = toLine(post.text.replace(LEADING_NAMES, "")) || toLine(post.text) || "a post without words";
  const source = [`${author} (@${toLine(post.author.handle)})`, post.url]
    .filter((line) => line !== undefined)
    .join("\n");
  return {
    subject: toFitting(`${author}: ${words}`, SUBJECT),
    description: `${toFitting(post.text, DESCRIPTION - source.length - 2)}\n\n${source}`,
  };
}

function toName({ displayName, handle }: Persona): string {
  return toFitting(toLine(displayName) || `@${toLine(handle)}`, 80);
}

function toLine(text: string): string {
  return text
    .split(JOINER)
    .map((part) => part.replace(UNSEEN, " "))
    .join("\u200D")
    .trim();
}
