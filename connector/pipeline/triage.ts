import { isLinked } from "../identity/to-identity.ts";
import type { Draft, Triage } from "../model/draft.ts";
import type { Key } from "../model/glossary.ts";
import type { RuleSet } from "../rules/rule.ts";
import { toTriage } from "../rules/to-triage.ts";
import { toBond, toCustomer, type Entered } from "./bond.ts";
import { mapLive } from "./live.ts";
import { toNoise } from "./screen.ts";
import type { Stage } from "./stage.ts";

/** What our account of this key is called; undefined: it is not known. */
export type HandleOf = (account: Key) => string | undefined;

/**
 * Decides by the rules what needs a response and what enters the CRM. A batch is decided by one set of rules, as it stands
 * when the batch comes. The batch is folded in order, see `Entered`.
 */
export function toTriageStage(rules: () => RuleSet, handleOf: HandleOf = () => undefined): Stage {
  return {
    name: "triage",
    async apply(drafts) {
      const judge = { rules: rules(), handleOf };
      const entered = { posts: new Map<Key, number>(), customers: new Set<string>() };
      return await Promise.resolve(
        mapLive(drafts, (draft) => {
          const judged = toJudged(draft, judge, entered);
          if (judged.triage?.keep === true) entered.posts.set(judged.post.key, judged.post.version);
          if (judged.triage?.needsResponse === true) entered.customers.add(toCustomer(judged));
          return judged;
        }),
      );
    },
  };
}

interface Judge {
  readonly rules: RuleSet;
  readonly handleOf: HandleOf;
}

function toJudged(draft: Draft, { rules, handleOf }: Judge, entered: Entered): Draft {
  const obstacle = toObstacle(draft, entered);
  if (obstacle !== undefined) return { ...draft, ignored: { stage: "triage", reason: obstacle } };
  const found = toTriage(rules, {
    post: draft.post,
    reading: draft.reading,
    linked: draft.identity !== undefined && isLinked(draft.identity.link),
    bond: toBond(draft, entered),
    handle: handleOf(draft.post.account),
  });
  const triage = { ...found, ...toAwaited(draft, found), ...toDecided(draft) };
  const judged = { ...draft, triage };
  return triage.keep ? judged : { ...judged, ignored: { stage: "triage", reason: triage.reason } };
}

/** What is to be there before a call of ours that may yet come does not depend on what the rules say by now. */
function toAwaited({ gone, doubted }: Draft, { keep }: Triage): Partial<Triage> {
  if (keep || (gone === undefined && doubted !== true)) return {};
  return { keep: true, reason: "What it said before may yet come into the CRM." };
}

/** A person's word goes before the rules. */
function toDecided({ memory }: Draft): Partial<Triage> {
  const needsResponse = memory?.post?.decided?.needsResponse;
  if (needsResponse === undefined) return {};
  const reason = needsResponse ? "A person asks for a response." : "A person says that it needs no response.";
  return { needsResponse, keep: true, rule: "person", reason };
}

/**
 * Why nothing comes of a post, whatever it says. What stands of it already wins; only a tombstone may be written again. An
 * edit passes the screen, for what is on record must follow it: elsewhere it is noise like any other.
 */
function toObstacle({ post, gone, doubted, memory }: Draft, entered: Entered): string | undefined {
  if (gone === undefined && memory?.post?.gone === true) return "It was deleted.";
  const standing = entered.posts.get(post.key) ?? memory?.post?.version;
  if (gone === undefined && (standing ?? 0) > post.version) return "A newer version of it is recorded.";
  return post.version > 0 && standing === undefined && doubted !== true ? toNoise(post) : undefined;
}
