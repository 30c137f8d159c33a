/*
 * What GraphQL answers, in words of our own. A field that the user may not see is absent; an empty one is null.
 */

/** @param {any} connection of GraphQL; absent or empty gives no nodes */
export function nodesOf(connection) {
  return (connection?.edges ?? []).map(({ node }) => node);
}

/**
 * @param {any} node of Social_Post__c
 * @returns {object} times in milliseconds since 1970; `isHidden`: a private text that this user may not read
 */
export function toPost(node) {
  const isPrivate = node.Visibility__c?.value === "private";
  return {
    id: node.Id,
    key: node.External_Key__c?.value,
    conversation: node.Conversation_Key__c?.value ?? node.Id,
    parent: node.Parent_Key__c?.value ?? undefined,
    isOutbound: node.Direction__c?.value === "Outbound",
    isPrivate,
    isHidden: isPrivate && node.Private_Text__c === undefined,
    text: (isPrivate ? node.Private_Text__c?.value : node.Text__c?.value) ?? "",
    network: node.Network__c?.displayValue ?? node.Network__c?.value ?? "",
    url: node.Url__c?.value ?? undefined,
    arrivedMs: toMs(node.CreatedDate?.value),
    modifiedMs: toMs(node.LastModifiedDate?.value),
    postedMs: toMs(node.Posted_At__c?.value) ?? toMs(node.CreatedDate?.value),
    isEdited: Boolean(node.Edited_At__c?.value),
    isDeleted: Boolean(node.Deleted_At__c?.value),
    sentiment: node.Sentiment__c?.value ?? undefined,
    sentimentLabel: node.Sentiment__c?.displayValue ?? node.Sentiment__c?.value ?? undefined,
    intent: node.Intent__c?.value ?? undefined,
    intentLabel: node.Intent__c?.displayValue ?? node.Intent__c?.value ?? undefined,
    topics: (node.Topics__c?.value ?? "")
      .split(";")
      .map((topic) => topic.trim())
      .filter(Boolean),
    needsResponse: Boolean(node.Needs_Response__c?.value),
    correctedBy: node.Labels_Decided_By__c?.value ?? undefined,
    persona: node.Persona__c?.value ?? node.Id,
    author: toAuthor(node.Persona__r),
    account: node.Social_Account__r?.Handle__c?.value ?? undefined,
    records: toRecords(node),
  };
}

/**
 * @param {any} node of Social_Reply__c
 * @returns {object} times in milliseconds since 1970; `isHidden` as for a post
 */
export function toReply(node) {
  const isPrivate = node.Route__c?.value === "Private message";
  return {
    id: node.Id,
    post: node.Post__c?.value ?? undefined,
    isPrivate,
    isHidden: isPrivate && node.Private_Text__c === undefined,
    text: (isPrivate ? node.Private_Text__c?.value : (node.Sent_Text__c?.value ?? node.Text__c?.value)) ?? "",
    status: node.Status__c?.value,
    detail: node.Status_Detail__c?.value ?? undefined,
    decision: node.Decision__c?.value ?? undefined,
    sentPostKey: node.Sent_Post_Key__c?.value ?? undefined,
    createdMs: toMs(node.CreatedDate?.value),
    modifiedMs: toMs(node.LastModifiedDate?.value),
    sender: node.Sender_Kind__c?.value === "Automation" ? undefined : (node.CreatedBy?.Name?.value ?? undefined),
    account: node.Social_Account__r?.Handle__c?.value ?? undefined,
    network: node.Social_Account__r?.Network__c?.displayValue ?? undefined,
  };
}

/** The records that a post belongs to. */
function toRecords(node) {
  const { Case__c, Contact__c, Lead__c, Account__c, Contact__r } = node;
  return [Case__c, Contact__c, Lead__c, Account__c, Contact__r?.AccountId].map((id) => id?.value).filter(Boolean);
}

function toAuthor(persona) {
  const handle = persona?.Handle__c?.value ?? undefined;
  const name = persona?.Display_Name__c?.value ?? handle ?? undefined;
  return { name, handle, identity: persona?.Identity__c?.value ?? undefined };
}

function toMs(time) {
  return time ? Date.parse(time) : undefined;
}
