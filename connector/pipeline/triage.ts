import { isLinked } from "../identity/to-identity.ts";
import type { Draft } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import type { RuleSet } from "../rules/rule.ts";
import { toTriage } from "../rules/to-triage.ts";
import { toBond, toCustomer } from "./bond.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

/** Decides by the rules what needs a response and what enters the CRM. The batch is folded in order, see `Entered`. */
export function toTriageStage(rules: RuleSet): Stage {
  return {
    name: "triage",
    async apply(drafts) {
      const entered = { posts: new Set<Key>(), customers: new Set<string>() };
      return await Promise.resolve(
        mapLive(drafts, (draft) => {
          const judged = toJudged(draft, rules, entered);
          if (judged.triage?.keep === true) entered.posts.add(judged.post.key);
          if (judged.triage?.needsResponse === true) entered.customers.add(toCustomer(judged));
          return judged;
        }),
      );
    },
  };
}

function toJudged(draft: Draft, rules: RuleSet, entered: Parameters<typeof toBond>[1]): Draft {
  if (draft.memory?.post?.gone === true) return { ...draft, ignored: { stage: "triage", reason: "It was deleted." } };
  const triage = toTriage(rules, {
    post: draft.post,
    reading: draft.reading,
    linked: draft.identity !== undefined && isLinked(draft.identity.link),
    bond: toBond(draft, entered),
  });
  const judged = { ...draft, triage };
  return triage.keep ? judged : { ...judged, ignored: { stage: "triage", reason: triage.reason } };
}
