import { createRecord, deleteRecord, updateRecord } from "lightning/uiRecordApi";
import CASE from "@salesforce/schema/Case";
import CONTACT from "@salesforce/schema/Case.ContactId";
import ORIGIN from "@salesforce/schema/Case.Origin";
import SUBJECT from "@salesforce/schema/Case.Subject";
import POST_CASE from "@salesforce/schema/Social_Post__c.Case__c";
import NEEDS_RESPONSE from "@salesforce/schema/Social_Post__c.Needs_Response__c";
import { fill } from "c/socialWords";
import labels from "./labels";

const LONGEST_SUBJECT = 255;

/**
 * A Case for this post, which then stands on it. The connector makes it the customer's Case of the conversation, so that what they
 * say next joins it. Of a private message the Case holds no word.
 *
 * @returns {Promise<string>} the Case's id
 */
export async function makeCase(post) {
  const who = post.author.name ?? labels.somebody;
  const subject = post.isPrivate ? fill(labels.privateFrom, who) : post.excerpt || fill(labels.publicFrom, who);
  const fields = {
    [ORIGIN.fieldApiName]: "Social",
    [SUBJECT.fieldApiName]: [...subject.replace(/\s+/gu, " ")].slice(0, LONGEST_SUBJECT).join(""),
    ...(post.contactId ? { [CONTACT.fieldApiName]: post.contactId } : {}),
  };
  const { id } = await createRecord({ apiName: CASE.objectApiName, fields });
  try {
    await put(post, id);
  } catch (error) {
    // An empty Case that nobody asked for.
    await deleteRecord(id).catch(() => undefined);
    throw error;
  }
  return id;
}

/**
 * Takes the post off the Case that was made for it, and the Case away where nothing else stands on it and the user may delete it.
 *
 * @returns {Promise<boolean>} whether the Case is gone
 */
export async function undoCase(post, { caseId, isShared }) {
  await put(post, null);
  if (isShared) return false;
  return deleteRecord(caseId).then(
    () => true,
    () => false,
  );
}

/** No answer needed, or after all. */
export function setNeedsResponse(post, isNeeded) {
  return updateRecord({ fields: { Id: post.id, [NEEDS_RESPONSE.fieldApiName]: isNeeded } });
}

function put(post, caseId) {
  return updateRecord({ fields: { Id: post.id, [POST_CASE.fieldApiName]: caseId } });
}
