import type { Priority } from "../model/draft.ts";
import { isAddressed, isBackground, type PostKind, type SourceClass, type Visibility } from "../model/post.ts";
import type { Reading } from "../model/reading.ts";
import type { Facts, Seen } from "./rule.ts";

export type NameType = "text" | "number" | "yes or no" | "list of texts";

/** What a name may be compared with; anything else is a mistake of who wrote the rule. */
export interface Only {
  fits(value: string): boolean;
  /** Ends the sentence "it is always …". */
  readonly such: string;
}

export interface Name {
  readonly type: NameType;
  readonly only?: Only;
  /** It is known only when response and priority are decided. */
  readonly isLate?: true;
}

function oneOf(values: readonly string[]): Only {
  const all: ReadonlySet<string> = new Set(values);
  return { fits: (value) => all.has(value), such: `one of ${values.map((value) => `"${value}"`).join(", ")}` };
}

const LANGUAGE: Only = {
  fits: (value) => /^([a-z]{2,3})?$/.test(value),
  such: 'a code of two or three small letters, such as "de", or "" where nobody can tell',
};

const SOURCES: readonly SourceClass[] = ["microblog", "community", "review", "news", "message", "offline", "signal"];
const KINDS: readonly PostKind[] = ["mention", "reply", "comment", "post", "message", "review", "article", "signal"];
const VISIBILITIES: readonly Visibility[] = ["public", "private"];
/** Empty: nobody read it. */
const INTENTS: readonly (Reading["intent"] | "")[] = ["complaint", "question", "request", "praise", "other", ""];
const SENTIMENTS: readonly (Reading["sentiment"] | "")[] = ["positive", "neutral", "negative", "mixed", ""];
const PRIORITIES: readonly Priority[] = ["High", "Medium", "Low"];

/** The names that conditions may use, and nothing else. docs/rules.md explains each. */
export const NAMES: Readonly<Record<string, Name>> = {
  network: { type: "text" },
  account: { type: "text" },
  author: { type: "text" },
  followers: { type: "number" },
  linked: { type: "yes or no" },
  source: { type: "text", only: oneOf(SOURCES) },
  kind: { type: "text", only: oneOf(KINDS) },
  visibility: { type: "text", only: oneOf(VISIBILITIES) },
  addressed: { type: "yes or no" },
  outbound: { type: "yes or no" },
  background: { type: "yes or no" },
  text: { type: "text" },
  words: { type: "number" },
  matched: { type: "list of texts" },
  language: { type: "text", only: LANGUAGE },
  intent: { type: "text", only: oneOf(INTENTS) },
  sentiment: { type: "text", only: oneOf(SENTIMENTS) },
  score: { type: "number" },
  topics: { type: "list of texts" },
  priority: { type: "text", only: oneOf(PRIORITIES), isLate: true },
};

/** The facts under their names. What takes time to find out is found out when a condition asks. */
export function toSeen({ post, reading, linked, handle }: Facts): Seen {
  return {
    network: post.network,
    account: handle ?? post.account,
    author: post.author.handle,
    followers: post.author.followers ?? 0,
    linked,
    source: post.sourceClass,
    kind: post.kind,
    visibility: post.visibility,
    get addressed() {
      return isAddressed(post);
    },
    outbound: post.direction === "outbound",
    get background() {
      return isBackground(post);
    },
    text: post.text,
    get words() {
      return countWords(post.text);
    },
    matched: post.matched ?? [],
    language: reading?.language?.split("-")[0] ?? "",
    intent: reading?.intent ?? "",
    sentiment: reading?.sentiment ?? "",
    score: reading?.sentimentScore ?? 0,
    topics: reading?.topics ?? [],
  };
}

/** Names and links are no words. */
function countWords(text: string): number {
  return text.replace(/https?:\/\/\S+|@\S+/gu, " ").match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
}
