/** Longer texts are read up to here: whoever needs more to say it has said it by then. */
const READ_LENGTH = 5_000;

const LINK = /https?:\/\/\S+/giu;
const NAME = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:@[\p{L}\p{N}.-]+)?/gu;
/** Where camel case joins words: `neverAgain`, `NoWiFi`. */
const HUMP = /(?<=\p{Ll})(?=\p{Lu})/gu;
const FACE = /[:;=8][-'^]?[()DPpOo/\\|*3]|<\/?3|\^\^|[):(][-']?[:;=]/u;
const EMOJI = /\p{Extended_Pictographic}/u;
const WORD = /\$?[\p{L}\p{N}](?:[\p{L}\p{N}@$|*']*[\p{L}\p{N}$|*])?/u;
const STOP = /[.!?;,…:\n¿¡()؟？！。]+/u;
const TOKEN = new RegExp(
  `(?<face>${FACE.source}|${EMOJI.source})|(?<word>${WORD.source})|(?<stop>${STOP.source})`,
  "gu",
);

/** A word, a face or emoji, or the punctuation between two parts of a sentence. */
export interface Token {
  /** In lower case. */
  readonly text: string;
  readonly kind: "word" | "face" | "stop";
  /** Written in capitals, by somebody who also writes small. */
  readonly loud: boolean;
}

/** The text as people mean it: without links, names and decoration, hashtags as words, one spelling for each letter. */
export function toPlain(text: string): string {
  return text
    .slice(0, READ_LENGTH)
    .replace(LINK, " ")
    .normalize("NFKC")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .replace(/[\p{Cf}\uFE0F]/gu, "")
    .replace(NAME, " ")
    .replace(/[’‘´`]/gu, "'")
    .replace(/#([\p{L}\p{N}_]+)/gu, (_, tag: string) => ` ${tag.replace(/_/gu, " ").replace(HUMP, " ")} `);
}

export function toTokens(text: string): readonly Token[] {
  const plain = toPlain(text);
  const shouts = !/\p{Ll}/u.test(plain);
  return Array.from(plain.matchAll(TOKEN), ({ 0: match, groups }): Token => {
    if (groups?.["face"] !== undefined) return { text: match, kind: "face", loud: false };
    if (groups?.["stop"] !== undefined) return { text: match, kind: "stop", loud: false };
    return { text: match.toLowerCase(), kind: "word", loud: !shouts && /^\p{Lu}{3,}$/u.test(match) };
  });
}
