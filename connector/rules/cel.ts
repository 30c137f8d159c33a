import { celEnv, celMethod, CelScalar, isCelError, isCelList, parse, plan } from "@bufbuild/cel";
import { toWordSearch } from "../model/word-search.ts";
import type { Seen } from "./rule.ts";

const { BOOL, DYN, STRING } = CelScalar;

/** CEL as rules have it: its own operations, and `text.says(words)`, which finds whole words without regard to case. */
function openEnvironment() {
  const searches = new Map<string, ReturnType<typeof toWordSearch>>();
  const isSaid = (text: string, word: string): boolean => {
    const search = searches.get(word) ?? toWordSearch([word]);
    searches.set(word, search);
    return search(text).length > 0;
  };
  const says = celMethod("says", STRING, [DYN], BOOL, function (words) {
    return (isCelList(words) ? [...words] : [words]).some((word) => typeof word === "string" && isSaid(this, word));
  });
  return celEnv({ funcs: [says] });
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
  const { expr } = parse("text.matches(pattern)");
  return !isCelError(plan(celEnv(), expr)({ text: "", pattern }));
}

export { parse };
