import type { Evidence } from "../../test/journeys/town/evidence.ts";
import type { Finding } from "../../test/journeys/town/oracle.ts";
import type { Said } from "../../test/journeys/town/town.ts";
import type { Stood } from "./journal-view.ts";

/** What is for us, and a network offers to whoever asks, and the journal has never heard of. */
export function findUnheard(
  said: readonly Said[],
  network: Evidence["network"],
  entries: readonly Stood[],
): readonly Finding[] {
  const heard = new Set(
    entries.filter(({ log }) => log === "posts").map(({ key }) => key.slice(0, key.lastIndexOf("#"))),
  );
  return said
    .filter(({ key, isForUs }) => isForUs && network.has(key) && !heard.has(key))
    .map(({ key, during }) => ({ kind: "posts lost", detail: `${key} is not in the journal`, during: [...during] }));
}

/** What was found, and where it can be seen what the connectors were told. */
export interface Told {
  readonly findings: readonly Finding[];
  readonly entries: readonly Stood[];
  /** Words that stand anywhere in CRM or journal. */
  readonly words: ReadonlySet<string>;
}

/**
 * Networks tell of a deletion once, to whoever listens just then, and keep no list; nor of edits of what names nobody. Posts
 * that changed while nobody listened, and were not read again since: their words stand for a while, and nobody could know.
 */
export function findUntold(said: readonly Said[], { findings, entries, words }: Told): ReadonlySet<string> {
  const byKey = new Map(said.map((one) => [one.key, one]));
  const told = new Set(entries.filter(({ key }) => key.endsWith(GONE)).map(({ key }) => key.slice(0, -GONE.length)));
  const isUntold = (post: string): boolean => {
    const one = byKey.get(post);
    if (one === undefined) return false;
    return one.isGone ? !told.has(post) : !one.isForUs && !words.has(one.words.at(-1) ?? "");
  };
  const named = findings.flatMap(({ kind, post = "" }) => (kind === "text that should be gone" ? [post] : []));
  return new Set(named.filter(isUntold));
}

const GONE = "#gone";
