import { nodesOf } from "c/socialThread";

/** How the ids of groups begin, and a queue is one. */
const GROUP = "00G";

/**
 * The Cases in an answer to the inbox's queries, in words of our own. Times in milliseconds since 1970.
 *
 * @param {any} data
 */
export function toCases(data) {
  return nodesOf(data.uiapi.query.Case).map((node) => {
    const lastInboundMs = toMs(node.Social_Last_Inbound_At__c?.value);
    const viewedMs = toMs(node.LastViewedDate?.value);
    return {
      id: node.Id,
      number: node.CaseNumber?.value,
      subject: node.Subject?.value ?? "",
      status: node.Status?.displayValue ?? node.Status?.value,
      priority: node.Priority?.displayValue ?? node.Priority?.value,
      isHigh: node.Priority?.value === "High",
      owner: node.Owner?.Name?.value ?? undefined,
      isUnassigned: Boolean(node.OwnerId?.value?.startsWith(GROUP)),
      isNew: viewedMs === undefined || lastInboundMs > viewedMs,
      lastInboundMs,
      // Once somebody answered, the clock for the first response stands.
      dueMs: node.Social_First_Response_At__c?.value ? undefined : toMs(node.Social_Response_Due__c?.value),
      contact: node.Contact?.Name?.value ?? undefined,
      handle: node.Social_Persona__r?.Handle__c?.value?.replace(/^@/, "") ?? undefined,
      identity: node.Social_Persona__r?.Identity__c?.value ?? undefined,
      network:
        node.Social_Persona__r?.Network__c?.displayValue ?? node.Social_Persona__r?.Network__c?.value ?? undefined,
    };
  });
}

function toMs(time) {
  return time ? Date.parse(time) : undefined;
}
