import { celEnv, celMethod, CelScalar, isCelList, parse, plan } from "@bufbuild/cel";
import { RE2JS, RE2JSException } from "@bufbuild/re2";
import { toWordSearch } from "../model/word-search.ts";
import type { Seen } from "./rule.ts";

const { BOOL, DYN, STRING } = CelScalar;

/** CEL as rules have it: its own operations, and `text.says(words)`, which finds whole words without regard to case. */
function openEnvironment() {
  const searches = new Map<string, ReturnType<typeof toWordSearch>>();
  const patterns = new Map<string, RE2JS>();
  const isSaid = (text: string, word: string): boolean => {
    const search = searches.get(word) ?? toWordSearch([word]);
    searches.set(word, search);
    return search(text).length > 0;
  };
  const says = celMethod("says", STRING, [DYN], BOOL, function (words) {
    return (isCelList(words) ? [...words] : [words]).some((word) => typeof word === "string" && isSaid(this, word));
  });
  // Patterns stand in the rules as they are, so there are few; left to itself the library compiles them for each post.
  const compile = (pattern: string): RE2JS => {
    const compiled = patterns.get(pattern) ?? RE2JS.compile(pattern);
    patterns.set(pattern, compiled);
    return compiled;
  };
  return celEnv({ funcs: [says], re2: { compile } });
}

/** Makes conditions of one set: what it has to look for is prepared once. */
export type Plan = (condition: ReturnType<typeof parse>["expr"]) => (seen: Seen) => boolean;

export function openPlanner(): Plan {
  const environment = openEnvironment();
  return (condition) => {
    const evaluate = plan(environment, condition);
    return (seen) => {
      const answer = evaluate(seen);
      if (typeof answer !== "boolean") throw new Error("A condition that was checked gives no answer");
      return answer;
    };
  };
}

/** Is it a pattern of RE2? Those take a time that grows with the text only, whatever they say. */
export function isPattern(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

export { parse };
