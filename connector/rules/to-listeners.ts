import type { Key } from "../model/glossary.ts";
import type { ListenerRow, Remark } from "../model/settings.ts";
import type { Listener } from "./listener.ts";

/** What listeners are checked against; what is absent is not checked. */
export interface Hearers {
  /** Accounts of ours that can listen for words. */
  readonly able?: ReadonlySet<Key>;
  /** Accounts of ours that cannot: nobody can search there. */
  readonly deaf?: ReadonlySet<Key>;
}

const LONGEST_WORD = 100;
const MOST_WORDS = 500;
const LANGUAGE_NAMES = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** The listeners that these rows are, as far as they are active, and what is wrong with those that cannot be used. */
export function toListeners(
  rows: readonly ListenerRow[],
  hearers: Hearers = {},
): { readonly listeners: readonly Listener[]; readonly faults: readonly Remark[] } {
  const listeners: Listener[] = [];
  const faults: Remark[] = [];
  for (const row of rows.filter(({ active }) => active)) {
    const listener = readRow(row);
    const wrong = toFaults(listener, hearers);
    if (wrong.length === 0) listeners.push(listener);
    else faults.push({ on: "listener", id: row.id, state: "Broken", detail: wrong.join(" ") });
  }
  return { listeners, faults };
}

function readRow({ id, account, words, excluded, languages }: ListenerRow): Listener {
  const codes = languages.split(/[\s,;]+/).filter((code) => code !== "");
  return {
    id,
    account,
    words: toLines(words),
    excluded: toLines(excluded),
    languages: [...new Set(codes.map((code) => code.toLowerCase()))],
  };
}

function toLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/\s+/g, " "));
  return [...new Set(lines.filter((line) => line !== ""))];
}

function toFaults({ account, words, excluded, languages }: Listener, { able, deaf }: Hearers): readonly string[] {
  const faults: string[] = [];
  if (words.length === 0) faults.push("It has no words: write a word or phrase on each line.");
  if (words.length + excluded.length > MOST_WORDS)
    faults.push(`It has more than ${MOST_WORDS} words: leave out those that bring little.`);
  const short = [...words, ...excluded].find((word) => Array.from(word).length < 2);
  if (short !== undefined)
    faults.push(`"${short}" has one letter only, which half of all posts have: write a longer word.`);
  const long = [...words, ...excluded].find((word) => word.length > LONGEST_WORD);
  if (long !== undefined)
    faults.push(
      `"${long.slice(0, 30)}…" is longer than ${LONGEST_WORD} characters: write one word or phrase on each line.`,
    );
  const odd = languages.filter((code) => !isLanguage(code));
  if (odd.length > 0)
    faults.push(
      `${odd.map((code) => `"${code}"`).join(", ")} is no language: write codes of two or three letters without a region, such as de, fr.`,
    );
  if (account !== undefined && deaf?.has(account) === true)
    faults.push(
      "Its account cannot listen for words, for nobody can search there: choose another one, or leave it empty.",
    );
  else if (account !== undefined && able?.has(account) === false)
    faults.push("Its account is not one that Earshot is connected to: choose another one, or leave it empty for all.");
  return faults;
}

function isLanguage(code: string): boolean {
  return /^[a-z]{2,3}$/.test(code) && LANGUAGE_NAMES.of(code) !== undefined;
}
