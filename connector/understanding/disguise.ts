/** What a sign stands for when somebody writes around a filter, or for fun. */
const LEET: Readonly<Record<string, readonly string[]>> = {
  "0": ["o"],
  "1": ["i", "l"],
  "3": ["e"],
  "4": ["a"],
  "5": ["s"],
  "7": ["t"],
  "@": ["a"],
  $: ["s"],
  "|": ["l", "i"],
  "*": ["i", "u", "a", "o", "e", "c", "h"],
};
const LONGEST = 24;
/** As many as two hidden letters have. */
const READINGS = 49;

/**
 * The known word behind a disguise: `pwn3d`, `w@r3z`, `sh*t`, `sooooo`, `suxx0rs`. The word as it stands where none is
 * known, so that flight numbers stay flight numbers.
 */
export function undisguise(word: string, isKnown: (word: string) => boolean): string {
  if (word.length > LONGEST || isKnown(word)) return word;
  const plain = [word, ...unleet(word)].find(isKnown);
  if (plain !== undefined) return plain;
  for (const candidate of [word, ...unleet(word)].flatMap(unstretch)) if (isKnown(candidate)) return candidate;
  return word;
}

/** Every reading of the signs, if there are any among letters. */
function unleet(word: string): readonly string[] {
  if (!/\p{L}/u.test(word) || !/[013457@$|*]/u.test(word)) return [];
  return Array.from(word).reduce<readonly string[]>(
    (readings, sign) =>
      readings.flatMap((start) => (LEET[sign] ?? [sign]).map((letter) => start + letter)).slice(0, READINGS),
    [""],
  );
}

/** Drawn-out letters cut to two, then to one; the ending of the hackers' jargon taken off. */
function unstretch(word: string): readonly string[] {
  const twice = word.replace(/(\p{L})\1{2,}/gu, "$1$1");
  const once = word.replace(/(\p{L})\1{2,}/gu, "$1");
  const jargon = /^(.+?)x{1,2}[o0]r[sz]?$/u.exec(word)?.[1];
  return [twice, once, ...(jargon === undefined ? [] : [`${jargon}x`, `${jargon}cks`, `${jargon}cker`, `${jargon}ck`])];
}
