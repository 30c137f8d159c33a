import { TAB, recall, remember } from "c/socialMemory";
import userId from "@salesforce/user/Id";

/**
 * The unsent answer on one record, kept through a reload of the page but not beyond the tab: it may be private.
 *
 * @param {string} recordId
 */
export function openDraft(recordId) {
  const key = `earshot.draft.${userId}.${recordId}`;
  return {
    /** @returns {{ postId?: string, route?: string, text: string } | undefined} */
    read: () => recall(TAB, key),
    /** An empty text forgets the draft. */
    write: ({ postId, route, text }) => remember(TAB, key, text ? { postId, route, text } : undefined),
  };
}
