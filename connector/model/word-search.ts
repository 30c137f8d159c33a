/** Scripts that put no space between words: there a word is found anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * Makes a search for words and phrases. It answers those that stand in a text as whole words, compared without case, in
 * their order and spelling here.
 */
export function toWordSearch(words: readonly string[]): (text: string) => readonly string[] {
  const searches = words.map((word) => ({ word, pattern: toPattern(word.trim().normalize("NFC")) }));
  return (text) => {
    const normal = text.normalize("NFC");
    return searches.filter(({ pattern }) => pattern.test(normal)).map(({ word }) => word);
  };
}

function toPattern(word: string): RegExp {
  const literal = RegExp.escape(word);
  if (UNSPACED.test(word)) return new RegExp(literal, "iu");
  return new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_])${literal}(?![\p{L}\p{M}\p{N}_])`, "iu");
}
