import { quoted } from "../../../connector/crm/salesforce/soql.ts";
import type { CrmRow, CrmUser } from "../../journeys/crm-user.ts";
import type { CoordinatorActs, KeptRule, SeenSetting } from "./coordinators.ts";

const TEXTS = { Social_Listener__c: "Words__c", Social_Rule__c: "Condition__c" } as const;

/** Cora at work in the sandbox org, with no other permission set than the coordinators'. */
export function toCoordinatorActs(cora: CrmUser): CoordinatorActs {
  async function see(object: keyof typeof TEXTS, id: string): Promise<SeenSetting> {
    const text = TEXTS[object];
    const [row] = await cora.query(
      `SELECT Id, Name, ${text}, State__c, State_Detail__c FROM ${object} WHERE Id = ${quoted(id)}`,
    );
    return {
      name: toText(row, "Name") ?? "",
      text: toText(row, text) ?? "",
      state: toText(row, "State__c"),
      detail: toText(row, "State_Detail__c"),
    };
  }
  return {
    async addListener({ name, active, account, words, excluded, languages }) {
      const soql = `SELECT Id FROM Social_Account__c WHERE External_Key__c = ${quoted(account ?? "")}`;
      const [row] = await cora.query(soql);
      return await cora.create("Social_Listener__c", {
        ...{ Name: name, Words__c: words, Excluded_Words__c: excluded, Languages__c: languages },
        ...{ Active__c: active ?? true, Social_Account__c: row?.Id },
      });
    },
    addRule: (rule) => cora.create("Social_Rule__c", toFields({ active: true, ...rule })),
    changeRule: (id, change) => cora.update("Social_Rule__c", id, toFields(change)),
    removeRule: (id) => cora.remove("Social_Rule__c", id),
    listener: (id) => see("Social_Listener__c", id),
    rule: (id) => see("Social_Rule__c", id),
  };
}

function toFields({ name, active, order, condition, response, priority, queue, minutes, reason }: Partial<KeptRule>) {
  return {
    ...{ Name: name, Active__c: active, Order__c: order, Condition__c: condition, Response__c: response },
    ...{ Priority__c: priority, Queue__c: queue, Response_Minutes__c: minutes, Reason__c: reason },
  };
}

function toText(row: CrmRow | undefined, field: string): string | undefined {
  const value = row?.[field];
  return typeof value === "string" ? value : undefined;
}
