import type { Crm } from "../../../connector/crm/crm.ts";
import { openSalesforce } from "../../../connector/crm/salesforce/index.ts";
import type { Reply } from "../../../connector/model/reply.ts";
import type { Source } from "../../../connector/sources/source.ts";
import { openTestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { salesforceOptions } from "../../contracts/crm/salesforce-place.ts";
import type { ManualClock } from "../../fakes/manual-clock.ts";
import { openCrmUser, type CrmRow } from "../crm-user.ts";
import { askJson } from "./ask-json.ts";

const MOST_ROWS = 200;
const never = new AbortController().signal;

/** The CRM in which reps answer what customers asked. */
export interface Office extends AsyncDisposable {
  readonly url: string;
  readonly crm: Crm;
  /** Makes our account known. */
  introduce(source: Source): Promise<void>;
  /** A rep writes so many answers, no two alike; as the connector hears of them. */
  answer(count: number): Promise<readonly Reply[]>;
  /** All replies that wait for the connector, as it hears of them. */
  hear(): Promise<readonly Reply[]>;
  /** All answers, by their rows. */
  answers(): Promise<ReadonlyMap<string, CrmRow>>;
  /** The rows that are posts of ours: keys, one for each row. */
  outbound(): Promise<readonly string[]>;
}

export async function openOffice(clock: ManualClock): Promise<Office> {
  const org = await openTestOrg({ now: () => Date.parse(clock.now()) });
  const { url } = org;
  const crm = await openSalesforce({ ...salesforceOptions(url), clock }, never);
  const token = org.org.tokenFor("rita@nordwind.example");
  const rita = openCrmUser(url, token);
  let written = 0;

  /** A query tells of at most so many rows. */
  async function rows(soql: string): Promise<readonly CrmRow[]> {
    const found: CrmRow[] = [];
    for (let last = ""; ; last = found.at(-1)?.Id ?? "") {
      const after = last === "" ? "" : ` AND Id > '${last}'`;
      const some = await rita.query(`${soql}${after} ORDER BY Id LIMIT ${MOST_ROWS}`);
      found.push(...some);
      if (some.length < MOST_ROWS) return found;
    }
  }

  async function hear(): Promise<readonly Reply[]> {
    const stop = new AbortController();
    for await (const { items } of crm.changes(undefined, stop.signal)) {
      stop.abort();
      return items.flatMap((item) => (item.type === "reply" ? [item.reply] : []));
    }
    throw new Error("The feed of changes ended");
  }

  async function write(count: number): Promise<void> {
    const [account] = await rita.query("SELECT Id FROM Social_Account__c");
    const posts = await rita.query("SELECT Id FROM Social_Post__c WHERE Direction__c = 'Inbound' ORDER BY Id");
    const records = Array.from({ length: count }, () => ({
      attributes: { type: "Social_Reply__c" },
      Post__c: posts[written % posts.length]?.Id,
      Social_Account__c: account?.Id,
      Text__c: `Answer ${(written += 1)}: we look for it.`,
      Route__c: "Public reply",
      Status__c: "Queued",
    }));
    for (let at = 0; at < records.length; at += MOST_ROWS) {
      const some = records.slice(at, at + MOST_ROWS);
      const path = `${url}/services/data/v66.0/composite/sobjects`;
      const results = await askJson<{ success: boolean }[]>(path, { allOrNone: false, records: some }, token);
      if (results.some(({ success }) => !success))
        throw new Error(`The org refuses an answer: ${JSON.stringify(results)}`);
    }
  }

  return {
    url,
    crm,
    introduce: ({ account }) =>
      crm.report([{ account, health: "Connected", detail: "", lastHeardAt: clock.now(), coverage: [] }], never),
    async answer(count) {
      await write(count);
      return await hear();
    },
    hear,
    answers: async () => {
      const fields = "Id, Text__c, Status__c, Status_Detail__c, Sent_Post_Key__c, Attempt__c";
      return new Map(
        (await rows(`SELECT ${fields} FROM Social_Reply__c WHERE Id != null`)).map((row) => [row.Id, row]),
      );
    },
    outbound: async () => {
      const found = await rows("SELECT Id, External_Key__c FROM Social_Post__c WHERE Direction__c = 'Outbound'");
      return found.map((row) => String(row["External_Key__c"]));
    },
    [Symbol.asyncDispose]: () => org[Symbol.asyncDispose](),
  };
}
