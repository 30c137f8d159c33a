import userId from "@salesforce/user/Id";
import { TAB, recall, remember } from "c/socialMemory";

const NOBODY = { Contact__c: null, Lead__c: null, Account__c: null };

/** What each decision writes; people sign theirs apart. */
export const DECISIONS = {
  confirm: () => ({ Identity__c: "Verified" }),
  refuse: () => ({ ...NOBODY, Identity__c: "Anonymous" }),
  choose: ({ objectApiName, id }) => ({ ...NOBODY, [`${objectApiName}__c`]: id, Identity__c: "Linked" }),
};

/**
 * What the Case's Contact has to become, if anything: it follows where it was the wrong one, or nobody.
 *
 * @param {string | null} contactId the Case's
 * @param {string | null} before the persona's, before the decision
 * @param {string | null} after the persona's, after it
 * @returns {string | null | undefined} undefined: it stays
 */
export function toCaseContact(contactId, before, after) {
  if ((before ?? null) === (after ?? null)) return undefined;
  return (contactId ?? null) === (before ?? null) ? (after ?? null) : undefined;
}

const toKey = (personaId) => `earshot.identity.${userId}.${personaId}`;

/** What stood before this user's last decision, until the tab is closed. */
export function recallBefore(personaId) {
  return recall(TAB, toKey(personaId));
}

/** @param {object | undefined} before undefined: there is nothing to undo any more */
export function rememberBefore(personaId, before) {
  remember(TAB, toKey(personaId), before);
}
