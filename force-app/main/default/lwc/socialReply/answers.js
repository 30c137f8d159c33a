import { nodesOf } from "c/socialThread";

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
  const posts = nodesOf(data.uiapi.query.Social_Post__c)
    .filter((node) => !node.Parent_Key__c?.value || keys.has(node.Parent_Key__c.value))
    .map((node) => ({ id: node.Id, key: node.External_Key__c?.value, atMs: Date.parse(node.Posted_At__c?.value) }));
  const replies = nodesOf(data.uiapi.query.Social_Reply__c)
    .filter((node) => node.Post__c?.value === target.id || node.Post__r?.Persona__c?.value === target.persona)
    .filter((node) => node.Status__c?.value !== "Draft")
    .map((node) => ({
      id: node.Id,
      key: node.Sent_Post_Key__c?.value ?? undefined,
      atMs: Date.parse(node.CreatedDate?.value),
      by: node.CreatedBy?.Name?.value ?? undefined,
    }));
  return [...posts, ...replies].sort((a, b) => b.atMs - a.atMs);
}

/**
 * Remembers which answers the writer of a reply knows of.
 *
 * @returns {{ know: (answers: object[]) => void, unknownOf: (answers: object[]) => object | undefined }}
 */
export function openAwareness() {
  const ids = new Set();
  const keys = new Set();
  const isKnown = ({ id, key }) => ids.has(id) || (key !== undefined && keys.has(key));
  return {
    know(answers) {
      for (const { id, key } of answers) {
        ids.add(id);
        if (key !== undefined) keys.add(key);
      }
    },
    /** The newest answer that the writer does not know of. A known reply makes the post that it became known, too. */
    unknownOf(answers) {
      this.know(answers.filter(isKnown));
      return answers.find((answer) => !isKnown(answer));
    },
  };
}
