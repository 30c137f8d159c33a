import { nodesOf } from "c/socialThread";

/** As Identity_Decided_By__c names the connector. */
const EARSHOT = "Earshot";

/**
 * Personas in words of our own.
 *
 * @param {any} data the answer to `personasQuery`
 * @returns {{ id: string, handle: string, name: string, network: string, identity: string, evidence?: string, decidedBy?: string,
 *   link: object, target?: { id: string, objectApiName: string, name?: string } }[]} `decidedBy`: a person; `target`: whom it stands for, without a
 *   name where the reader may not see them
 */
export function toPersonas(data) {
  return nodesOf(data.uiapi.query.Social_Persona__c).map((node) => {
    const decidedBy = node.Identity_Decided_By__c?.value ?? undefined;
    return {
      id: node.Id,
      handle: node.Handle__c?.value ?? "",
      name: node.Display_Name__c?.value ?? node.Handle__c?.value ?? "",
      network: node.Network__c?.displayValue ?? node.Network__c?.value ?? "",
      identity: node.Identity__c?.value ?? "Anonymous",
      evidence: node.Identity_Evidence__c?.value ?? undefined,
      decidedBy: decidedBy === EARSHOT ? undefined : decidedBy,
      link: {
        Contact__c: node.Contact__c?.value ?? null,
        Lead__c: node.Lead__c?.value ?? null,
        Account__c: node.Account__c?.value ?? null,
      },
      target: toTarget(node, "Contact") ?? toTarget(node, "Lead") ?? toTarget(node, "Account"),
    };
  });
}

function toTarget(node, objectApiName) {
  const id = node[`${objectApiName}__c`]?.value;
  // Whom the reader may not see has no name.
  return id ? { id, objectApiName, name: node[`${objectApiName}__r`]?.Name?.value ?? undefined } : undefined;
}
