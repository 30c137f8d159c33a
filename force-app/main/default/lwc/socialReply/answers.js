import { nodesOf } from "c/socialThread";

/** Nobody answered with these: a draft is not said yet, a failed reply was never said. */
const UNSAID = ["Draft", "Failed"];

/**
 * What was answered to the person of `target`, newest first; answers to others in the same conversation do not count.
 *
 * @param {any} data the answer to `answersQuery`
 * @param {object} target
 * @param {object[]} targets of `toTargets`
 * @returns {{ id: string, key?: string, atMs: number, by?: string }[]} a sent reply and its post are two answers of one `key`
 */
export function toAnswers(data, target, targets) {
  const heard = targets.filter((post) => post.persona === target.persona).map((post) => post.key);
  const keys = new Set([target.key, ...heard]);
  const replies = nodesOf(data.uiapi.query.Social_Reply__c)
    .filter((node) => node.Post__c?.value === target.id || node.Post__r?.Persona__c?.value === target.persona)
    .filter((node) => !UNSAID.includes(node.Status__c?.value))
    .map((node) => ({
      id: node.Id,
      key: node.Sent_Post_Key__c?.value ?? undefined,
      atMs: Date.parse(node.CreatedDate?.value),
      by: node.CreatedBy?.Name?.value ?? undefined,
    }));
  const writers = new Map(replies.map(({ key, by }) => [key, by]));
  const posts = nodesOf(data.uiapi.query.Social_Post__c)
    .filter((node) => !node.Parent_Key__c?.value || keys.has(node.Parent_Key__c.value))
    .map((node) => ({ id: node.Id, key: node.External_Key__c?.value, atMs: Date.parse(node.Posted_At__c?.value) }))
    .map((post) => ({ ...post, by: writers.get(post.key) }));
  return [...posts, ...replies].sort((a, b) => b.atMs - a.atMs);
}
