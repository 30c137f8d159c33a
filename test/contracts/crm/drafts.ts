import type { Crm, Recorded } from "../../../connector/crm/crm.ts";
import type { Draft, Home, NewCase, Triage } from "../../../connector/model/draft.ts";
import { toCaseKey } from "../../../connector/model/key.ts";
import type { Post } from "../../../connector/model/post.ts";
import { toTestPost } from "../../fakes/posts.ts";
import { never } from "./place.ts";

const triage: Triage = {
  needsResponse: true,
  keep: true,
  rule: "complaint",
  ruleSet: "a set",
  reason: "It complains.",
  priority: "High",
  queue: "Social_Priority",
  responseMinutes: 60,
};

/** A draft that went through the pipeline, but for what a test says about it. The post is the root of its conversation. */
export function toDraft(post: Post, change: Partial<Draft> = {}): Draft {
  return { post: { conversation: post.key, ...post }, triage, ...change };
}

/** Somebody's post, with a Case to be born. */
export function toOpening(id: string, by: string, change: Partial<Post> = {}): Draft {
  const draft = toDraft(toTestPost(id, by, change));
  return { ...draft, home: toNewCase(draft) };
}

/** The same post, edited; it says what the Case is called now that it may have opened. */
export function toEdit(draft: Draft, text: string, version = 5): Draft {
  const caseText = { subject: `Case: ${text}`, description: text };
  return { ...draft, post: { ...draft.post, text, version }, caseText };
}

export function toNewCase({ post }: Draft, n = 1): NewCase {
  const key = toCaseKey(post.conversation ?? post.key, post.author.key, n);
  return {
    kind: "new",
    key,
    parentCaseId: undefined,
    subject: `Case: ${post.text.slice(0, 200)}`,
    description: post.text,
  };
}

/** Recalls the drafts and records them with what was remembered, as the recorder does. */
export async function recallAndRecord(
  crm: Crm,
  drafts: readonly Draft[],
  toHome?: (draft: Draft) => Home | undefined,
): Promise<Recorded["outcomes"]> {
  const memories = await crm.recall(drafts, never);
  const remembering = drafts.map((draft, index): Draft => {
    const memory = memories[index];
    if (memory === undefined) throw new Error("nothing was recalled");
    const home = toHome === undefined ? draft.home : toHome({ ...draft, memory });
    return { ...draft, memory, ...(home === undefined ? {} : { home }) };
  });
  return (await crm.record(remembering, never)).outcomes;
}

/** The customer's Case as recalled, to stand on or to reopen. */
export function onKnownCase(kind: "open" | "reopen"): (draft: Draft) => Home | undefined {
  return ({ memory }) => {
    const known = memory?.cases[0];
    return known === undefined ? undefined : { kind, case: known };
  };
}
