import { toFolded } from "./passages.ts";
import { findPrints, toPrints } from "./prints.ts";

const WORDS = "@nordwind my pin is 4711, hush! Why does nobody of you ever pick up the phone in Hamburg? Thanks.";

/** The parts of the text that are found. */
function findIn(text: string, words = WORDS): string {
  const folded = toFolded(text).text;
  const found = new Array<boolean>(folded.length).fill(false);
  for (const [at, length] of findPrints(folded, toPrints(words))) found.fill(true, at, at + length);
  return found.map((isFound, index) => (isFound ? folded.charAt(index) : "|")).join("");
}

test.each([
  ["a sentence", "You wrote: my PIN is\n4711, hush! Sorry.", "|||||||||||my pin is 4711, hush!|||||||"],
  ["the whole of a short text", "She: lost my bag!", "|||||lost my bag!", "@nordwind lost my bag!"],
])("%s is found again", (_what, text, expected, words = WORDS) => {
  expect(findIn(text, words)).toBe(expected);
});

test("any forty characters in a row are found again, and all of a long text", () => {
  expect(findIn("about: does nobody of you ever pick up the phone in, ok")).toBe(
    "|||||| does nobody of you ever pick up the phone in||||",
  );
  expect(findIn(WORDS)).toBe(WORDS.toLowerCase());
});

test.each(["Thanks.", "We will pick up the phone", "pin is 4711", ""])("what anybody may say is not: %j", (text) => {
  expect(findIn(text)).toBe("|".repeat(text.length));
});

test("they hold no word, and are others each time", () => {
  const [one, other] = [JSON.stringify(toPrints(WORDS)), JSON.stringify(toPrints(WORDS))];
  expect(one).not.toMatch(/nordwind|4711|hush|hamburg|thanks/i);
  expect(one).not.toBe(other);
});
