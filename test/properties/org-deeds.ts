import type { CrmRow } from "../journeys/crm-user.ts";
import { convertLead, mergeRecords } from "../journeys/record-acts.ts";
import type { ModelCase, ModelPost } from "./model.ts";
import { choose, type Deed, type Scene, type Someone } from "./scene.ts";

/** A deed that starts from a post that stands in the org. */
function onPost(deed: (at: At) => Promise<unknown>): Deed {
  return async (scene, by, n) => {
    const post = choose(scene.model.standing(by), n);
    if (post !== undefined) await deed({ ...{ scene, by, n, post }, row: await rowOf(scene, post) });
  };
}

function onCase(deed: (at: At, standing: ModelCase, caseId: string) => Promise<unknown>): Deed {
  return onPost(async (at) => {
    if (at.post.case !== undefined) await deed(at, at.post.case, String(at.row["Case__c"]));
  });
}

interface At {
  readonly scene: Scene;
  readonly by: Someone;
  readonly n: number;
  readonly post: ModelPost;
  readonly row: CrmRow;
}

async function rowOf({ org }: Scene, { key }: ModelPost): Promise<CrmRow> {
  const fields = "Id, Case__c, Persona__c, Social_Account__c";
  const [row] = await org.rita.query(`SELECT ${fields} FROM Social_Post__c WHERE External_Key__c = '${key}'`);
  if (row === undefined) throw new Error("A post that was heard has no row");
  return row;
}

async function decide({ scene: { org, model }, by, row }: At, contact: string | undefined): Promise<void> {
  model.decide(by, contact);
  await org.rita.update("Social_Persona__c", String(row["Persona__c"]), {
    ...{ Contact__c: contact ?? null, Lead__c: null, Account__c: null },
    ...{ Identity__c: contact === undefined ? "Anonymous" : "Linked", Identity_Decided_By__c: "Rita Rep" },
  });
}

/** What people do in the org; much of it is followed later. */
export const orgDeeds = {
  closes: onCase(async ({ scene: { org, model, now } }, standing, caseId) => {
    if (standing.closedAt !== undefined) return;
    model.close(standing, now());
    await org.rita.update("Case", caseId, { Status: "Closed" });
  }),
  renames: onCase(async ({ scene: { org, model }, n }, standing, caseId) => {
    model.rename(standing, `Named ${n}`);
    await org.rita.update("Case", caseId, { Subject: `Named ${n}` });
  }),
  merges: onCase(async ({ scene: { org, model }, n }, standing, caseId) => {
    model.merge(standing, `Phone ${n}`);
    const master = await org.rita.create("Case", { Subject: `Phone ${n}`, Origin: "Phone" });
    await mergeRecords(org.test.url, { object: "Case", master, losers: [caseId] });
  }),
  decides: onPost((at) => decide(at, choose(at.scene.contacts, at.n))),
  refuses: onPost((at) => decide(at, undefined)),
  corrects: onPost(async ({ scene: { org, model }, post, row }) => {
    model.correct(post, "mixed");
    await org.rita.update("Social_Post__c", row.Id, { Sentiment__c: "mixed" });
  }),
  discards: onPost(async ({ scene: { org, model }, post }) => {
    const [task] = await org.ada.query(`SELECT Id FROM Task WHERE Social_Post_Key__c = '${post.key}'`);
    model.discard(post);
    if (task !== undefined) await org.ada.remove("Task", task.Id);
  }),
  replies: onPost(async ({ scene: { org, model }, post, row }) => {
    model.reply(post);
    await org.rita.create("Social_Reply__c", {
      ...{ Post__c: row.Id, Case__c: row["Case__c"], Social_Account__c: row["Social_Account__c"] },
      ...{ Text__c: "We look into it.", Route__c: "Public reply", Status__c: "Queued" },
    });
  }),
  async converts({ org, model, lead }) {
    if (model.hasLead(lead)) model.convert(lead, (await convertLead(org.test.url, lead)).contact);
  },
} satisfies Readonly<Record<string, Deed>>;
