import { PRIVATE, defaultRoute, routesOf } from "c/socialRouting";
import { nodesOf } from "c/socialThread";

/**
 * The posts that can be answered, newest first, from the answer to `targetsQuery`.
 *
 * @param {any} data
 */
export function toTargets(data) {
  return nodesOf(data.uiapi.query.Social_Post__c)
    .filter((node) => !node.Deleted_At__c?.value)
    .map(toTarget);
}

/**
 * The post to point the box at: the chosen one; else the newest that waits for an answer; else the newest. Words that are written
 * never move to another post by themselves: a chosen post that is gone stays, marked `isGone`. Private or public does not matter
 * here: the route follows the post.
 *
 * @param {object[]} targets newest first
 * @param {{ chosenId?: string, current?: object, isWriting: boolean }} state
 * @returns {object | undefined} undefined: there is none
 */
export function aimAt(targets, { chosenId, current, isWriting }) {
  const chosen = targets.find((target) => target.id === chosenId);
  if (chosen) return chosen;
  if (isWriting && current) return { ...current, isGone: true };
  return targets.find((target) => target.needsResponse) ?? targets[0];
}

/**
 * The route to begin with when the box is pointed at a post: what was written as a private message does not become public with it.
 *
 * @param {object} target
 * @param {{ text: string, route?: string, mayWritePrivate: boolean }} writer what stands in the box, how it was to go, and the right
 */
export function routeAt(target, { text, route, mayWritePrivate }) {
  const isPrivate = target.isPrivate || (Boolean(text) && route === PRIVATE);
  return defaultRoute(routesOf(target, { mayWritePrivate, nowMs: Date.now() }), isPrivate);
}

/** Of a Case that the user may not see only the id is told. */
const isCaseShown = (node) => Boolean(node.Case__r?.CaseNumber?.value);

function toTarget(node) {
  const account = node.Social_Account__r;
  return {
    id: node.Id,
    key: node.External_Key__c?.value,
    conversation: node.Conversation_Key__c?.value ?? undefined,
    isPrivate: node.Visibility__c?.value === "private",
    excerpt: node.Excerpt__c?.value ?? undefined,
    postedMs: Date.parse(node.Posted_At__c?.value),
    needsResponse: node.Needs_Response__c?.value === true,
    routesJson: node.Routes__c?.value ?? undefined,
    caseId: isCaseShown(node) ? node.Case__c.value : undefined,
    isCaseHidden: Boolean(node.Case__c?.value) && !isCaseShown(node),
    persona: node.Persona__c?.value ?? undefined,
    handle: node.Persona__r?.Handle__c?.value?.replace(/^@/, "") ?? undefined,
    name: node.Persona__r?.Display_Name__c?.value ?? node.Persona__r?.Handle__c?.value ?? undefined,
    accountId: node.Social_Account__c?.value ?? undefined,
    accountHandle: account?.Handle__c?.value?.replace(/^@/, "") ?? undefined,
    network: account?.Network__c?.value ?? undefined,
    networkLabel: account?.Network__c?.displayValue ?? account?.Network__c?.value ?? "",
    isListenOnly: account?.Mode__c?.value === "Listen only",
    textLimit: account?.Text_Limit__c?.value ?? undefined,
    urlLength: account?.Url_Length__c?.value ?? undefined,
  };
}
