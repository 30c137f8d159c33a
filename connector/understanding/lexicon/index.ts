import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { toLexicon, type Lexicon } from "./lexicon.ts";
import { spanish } from "./spanish.ts";

/** The languages whose tone we can tell. The first stands in where nobody knows the language. */
export function toLexicons(): ReadonlyMap<string, Lexicon> {
  return new Map([english, german, spanish, french].map((text) => [text.language, toLexicon(text)]));
}
