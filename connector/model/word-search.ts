/** Scripts that put no space between words: there a word is found anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** What a word is made of; where one begins and ends. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;

/**
 * Makes a search for words and phrases. It answers those that stand in a text as whole words, compared without case, in
 * their order and spelling here. However many there are, only those are looked for whose first word the text has.
 */
export function toWordSearch(words: readonly string[]): (text: string) => readonly string[] {
  const searches = words.map(toSearch);
  return (text) => {
    const { normal, said } = read(text);
    const isLikely = (first: string | undefined): boolean => first === undefined || said.has(first);
    return searches.filter(({ first, pattern }) => isLikely(first) && pattern.test(normal)).map(({ word }) => word);
  };
}

interface Read {
  readonly text: string;
  readonly normal: string;
  /** Its words, folded. */
  readonly said: ReadonlySet<string>;
}

let latest: Read | undefined;

/** One text is mostly searched for many things in a row. */
function read(text: string): Read {
  if (latest?.text === text) return latest;
  const normal = text.normalize("NFC");
  return (latest = { text, normal, said: new Set(normal.match(WORD)?.map(toFolded)) });
}

interface Search {
  readonly word: string;
  /** Its first word, folded: a text without that word has not this one either. undefined: nothing can be told so. */
  readonly first: string | undefined;
  readonly pattern: RegExp;
}

function toSearch(word: string): Search {
  const literal = word.trim().normalize("NFC");
  const first = UNSPACED.test(literal) ? undefined : literal.match(WORD)?.[0];
  return { word, first: first && toFolded(first), pattern: toPattern(literal) };
}

/** Whatever patterns take for the same without regard to case is the same here. */
function toFolded(word: string): string {
  return word.toLowerCase().toUpperCase();
}

function toPattern(word: string): RegExp {
  const literal = RegExp.escape(word);
  if (UNSPACED.test(word)) return new RegExp(literal, "iu");
  return new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_])${literal}(?![\p{L}\p{M}\p{N}_])`, "iu");
}
