import type { Send } from "./campaign.ts";
import type { Scene } from "./scene.ts";

/** What became of the replies: how many each status, and, in words, all that must not be. */
export interface Outcome {
  readonly statuses: Readonly<Record<string, number>>;
  readonly wrongs: readonly string[];
}

/** Looks at the network and into the CRM, beside the connector. */
export async function judge({ company, office }: Scene, sends: readonly Send[]): Promise<Outcome> {
  const [answers, said, outbound] = [await office.answers(), await company.said(), await office.outbound()];
  const statuses: Record<string, number> = {};
  const wrongs = sends.flatMap(({ reply, name, steps, struck, planned }) => {
    const row = answers.get(reply.row);
    const posts = said.get(String(row?.["Text__c"])) ?? [];
    const status = String(row?.["Status__c"]);
    statuses[status] = (statuses[status] ?? 0) + 1;
    const key = `${company.source.account.key.replace(/\/.*/, "")}/${posts[0]}`;
    const rows = outbound.filter((each) => each === key).length;
    const found = [
      ...(struck === planned ? [] : ["not all faults came to pass"]),
      ...(posts.length === 1 ? [] : [`${posts.length} posts on the network`]),
      ...(status === "Sent" || status === "Checking"
        ? []
        : [`the row says ${status}: ${String(row?.["Status_Detail__c"])}`]),
      ...(status !== "Sent" || row?.["Sent_Post_Key__c"] === key ? [] : ["the row names another post"]),
      ...(status === "Checking" || rows === 1 ? [] : [`${rows} Outbound rows`]),
    ];
    const way = steps.map(({ on, what }) => `${on} ${what}`).join(" → ");
    return found.map((wrong) => `${name}: ${wrong} (the way: ${way})`);
  });
  return { statuses, wrongs };
}
