import type { Crm } from "../../../connector/crm/crm.ts";
import { quoted } from "../../../connector/crm/salesforce/soql.ts";
import type { CrmChange } from "../../../connector/model/change.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import type { Link } from "../../../connector/model/memory.ts";
import type { CrmRow, CrmUser } from "../../journeys/crm-user.ts";
import { convertLead, mergeRecords } from "../../journeys/record-acts.ts";
import type { PeopleActs } from "./people.ts";

const SIGNED = "Rita Rep";

interface PeopleHands {
  readonly url: string;
  readonly rita: CrmUser;
  /** Sees keys, which no rep needs. */
  readonly ada: CrmUser;
  readonly crm: Crm;
}

/** People at work in the sandbox org: `rita` as any rep, merging and converting by the pages that the sandbox plays. */
export function toPeopleActs({ url, rita, ada, crm }: PeopleHands): PeopleActs {
  const row = async (object: string, fields: string, key: Key): Promise<CrmRow | undefined> =>
    (await rita.query(`SELECT Id, ${fields} FROM ${object} WHERE External_Key__c = ${quoted(key)}`))[0];
  const idOf = async (object: string, key: Key): Promise<string> =>
    (await row(object, "External_Key__c", key))?.Id ?? "";
  return {
    async link(persona, { contact = null, lead = null, account = null }: { [K in keyof Link]?: string | null }) {
      const decided = { Identity__c: (contact ?? lead) ? "Linked" : "Anonymous", Identity_Decided_By__c: SIGNED };
      const links = { Contact__c: contact, Lead__c: lead, Account__c: account };
      await rita.update("Social_Persona__c", await idOf("Social_Persona__c", persona), { ...links, ...decided });
    },
    async relabel(post, { sentiment, topics, needsResponse }) {
      await rita.update("Social_Post__c", await idOf("Social_Post__c", post), {
        ...(sentiment === undefined ? {} : { Sentiment__c: sentiment }),
        ...(topics === undefined ? {} : { Topics__c: topics }),
        ...(needsResponse === undefined ? {} : { Needs_Response__c: needsResponse }),
      });
    },
    async put(post, caseId) {
      await rita.update("Social_Post__c", await idOf("Social_Post__c", post), { Case__c: caseId ?? null });
    },
    makeCase: (subject) => rita.create("Case", { Subject: subject, Origin: "Phone" }),
    merge: (object, master, loser) => mergeRecords(url, { object, master, losers: [loser] }),
    convert: (lead) => convertLead(url, lead),
    async linkOf(key) {
      const fields = "Contact__c, Lead__c, Account__c";
      const found = (await row("Social_Post__c", fields, key)) ?? (await row("Social_Persona__c", fields, key));
      return Object.fromEntries(
        [
          ["contact", found?.["Contact__c"]],
          ["lead", found?.["Lead__c"]],
          ["account", found?.["Account__c"]],
        ].filter(([, value]) => typeof value === "string"),
      ) as Link;
    },
    async whoOf(post) {
      const [task] = await ada.query(`SELECT Id, WhoId FROM Task WHERE Social_Post_Key__c = ${quoted(post)}`);
      return task === undefined ? undefined : (task["WhoId"] as string | null);
    },
    sentimentOf: async (post) => toText((await row("Social_Post__c", "Sentiment__c", post))?.["Sentiment__c"]),
    async placeOf(caseId) {
      const [found] = await ada.query(
        "SELECT Id, Social_Conversation_Key__c, Social_Persona__r.External_Key__c, Social_Account__r.External_Key__c," +
          ` Social_Last_Inbound_At__c, ContactId FROM Case WHERE Id = '${caseId}'`,
      );
      const at = toText(found?.["Social_Last_Inbound_At__c"]);
      return {
        conversation: toText(found?.["Social_Conversation_Key__c"]),
        persona: toText((found?.["Social_Persona__r"] as CrmRow | null)?.["External_Key__c"]),
        account: toText((found?.["Social_Account__r"] as CrmRow | null)?.["External_Key__c"]),
        lastInboundAt: at === undefined ? undefined : new Date(at).toISOString(),
        contact: toText(found?.["ContactId"]),
      };
    },
    caseOfReply: async (id) =>
      toText((await rita.query(`SELECT Id, Case__c FROM Social_Reply__c WHERE Id = '${id}'`))[0]?.["Case__c"]),
    async allChanges(): Promise<readonly CrmChange[]> {
      const stop = new AbortController();
      for await (const { items } of crm.changes(undefined, stop.signal)) {
        stop.abort();
        return items;
      }
      return [];
    },
  };
}

const toText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
