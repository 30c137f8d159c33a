import fc from "fast-check";
import { toDeletedEvent, toPostEvent, type Post } from "../../connector/model/post.ts";
import { toTestPost } from "../fakes/posts.ts";
import { convertLead, mergeRecords } from "../journeys/record-acts.ts";
import type { Loop } from "./loop.ts";
import { WEEK_MS, type Model, type ModelPost } from "./model.ts";
import type { ServedOrg } from "./served-org.ts";

const ON_NETWORK = ["asks", "asks", "asks", "thanks", "edits", "edits", "removes"] as const;
const IN_ORG = [
  "closes",
  "closes",
  "renames",
  "merges",
  "decides",
  "refuses",
  "corrects",
  "converts",
  "replies",
] as const;
const BESIDE = ["hear", "hear", "hear", "hear", "sweep", "sweep", "week"] as const;
const PEOPLE = ["anna", "ben", "carl"] as const;

/** Who does what. `n` chooses among what there is by then; where there is nothing, nothing happens. */
export interface Act {
  readonly what: (typeof ON_NETWORK | typeof IN_ORG | typeof BESIDE)[number];
  readonly by: (typeof PEOPLE)[number];
  readonly n: number;
}

export const stories: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...ON_NETWORK, ...IN_ORG, ...BESIDE),
    by: fc.constantFrom(...PEOPLE),
    n: fc.nat(99),
  }),
  { minLength: 6, maxLength: 30 },
);

/** One run: the org and the model of it, side by side. */
export interface Scene {
  readonly org: ServedOrg;
  readonly loop: Loop;
  readonly model: Model;
  /** In every name, so that no two runs meet. */
  readonly run: string;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** The posts as the network has them now. */
  readonly said: Map<string, Post>;
  /** Contacts to choose from, and carl's Lead. */
  readonly contacts: readonly string[];
  readonly lead: string;
}

/** The org's row of a post. */
async function rowOf({ org }: Scene, { key }: ModelPost) {
  const [row] = await org.rita.query(
    "SELECT Id, Case__c, Persona__c, Social_Account__c, Case__r.IsClosed FROM Social_Post__c " +
      `WHERE External_Key__c = '${key}'`,
  );
  if (row === undefined) throw new Error("A post that was heard has no row");
  return row;
}

export async function act(scene: Scene, { what, by, n }: Act): Promise<void> {
  const { org, loop, model, now, pass } = scene;
  pass(60_000);
  if (what === "hear") {
    model.hear();
    await loop.hear(); return;
  }
  if (what === "sweep") { await sweep(scene); return; }
  if (what === "week") { pass(WEEK_MS + 3_600_000); return; }
  if (what === "converts") { await convert(scene); return; }
  if (what === "asks" || what === "thanks" || what === "edits" || what === "removes")
    { speak(scene, { what, by, n }); return; }

  const post = model.standing(by).at(n % Math.max(1, model.standing(by).length));
  if (post === undefined) return;
  const row = await rowOf(scene, post);
  const set = (object: string, id: unknown, fields: object) => org.rita.update(object, String(id), { ...fields });
  if (what === "decides" || what === "refuses") {
    const contact = what === "refuses" ? undefined : scene.contacts[n % scene.contacts.length];
    model.decide(by, contact);
    const link = { Contact__c: contact ?? null, Lead__c: null, Account__c: null };
    const signed = { Identity__c: contact === undefined ? "Anonymous" : "Linked", Identity_Decided_By__c: "Rita Rep" };
    await set("Social_Persona__c", row["Persona__c"], { ...link, ...signed }); return;
  }
  if (what === "corrects") {
    model.correct(post, "mixed");
    await set("Social_Post__c", row.Id, { Sentiment__c: "mixed" }); return;
  }
  if (what === "replies") {
    model.reply(post);
    await org.rita.create("Social_Reply__c", {
      ...{ Post__c: row.Id, Case__c: row["Case__c"], Social_Account__c: row["Social_Account__c"] },
      ...{ Text__c: "We look into it.", Route__c: "Public reply", Status__c: "Queued" },
    });
    return;
  }
  const standing = post.case;
  if (standing === undefined) return;
  if (what === "closes" && standing.closedAt === undefined) {
    model.close(standing, now());
    await set("Case", row["Case__c"], { Status: "Closed" });
  }
  if (what === "renames") {
    model.rename(standing, `Named ${n}`);
    await set("Case", row["Case__c"], { Subject: `Named ${n}` });
  }
  if (what === "merges") {
    model.merge(standing, `Phone ${n}`);
    const master = await org.rita.create("Case", { Subject: `Phone ${n}`, Origin: "Phone" });
    await mergeRecords(org.test.url, { object: "Case", master, losers: [String(row["Case__c"])] });
  }
}

export async function sweep({ loop, model, now }: Scene): Promise<void> {
  for (const ours of await loop.sweep()) model.publish(ours.parent ?? "", ours.key, now());
}

async function convert({ org, model, lead }: Scene): Promise<void> {
  if (!model.hasLead(lead)) return;
  model.convert(lead, (await convertLead(org.test.url, lead)).contact);
}

function speak({ loop, model, run, said, now }: Scene, { what, by, n }: Act): void {
  const id = `${run}-${said.size}`;
  const at = new Date(now()).toISOString();
  const mine = model.posts.filter((post) => post.by === by);
  const text = `@nordwind ${what === "thanks" ? "thank you, great service!" : "my suitcase never arrived"} (${id})`;
  if (what === "asks" || what === "thanks") {
    const change = { postedAt: at, detectedAt: at, text, ...(mine[0] === undefined ? {} : { parent: mine[0].key }) };
    const post = toTestPost(id, `${run}_${by}`, change);
    said.set(post.key, post);
    model.say({ key: post.key, by, at: now(), asks: what === "asks", text, answers: undefined });
    loop.tell(toPostEvent(post)); return;
  }
  const chosen = mine.at(n % Math.max(1, mine.length));
  const post = said.get(chosen?.key ?? "");
  // What is deleted cannot be edited, nor deleted again.
  if (chosen === undefined || post === undefined || model.isRemoved(chosen)) return;
  if (what === "removes") {
    model.remove(chosen);
    loop.tell(toDeletedEvent(post.key, at)); return;
  }
  const edited = { ...post, version: now(), text: `${post.text} edited ${n}` };
  said.set(post.key, edited);
  model.edit(chosen, edited.text);
  loop.tell(toPostEvent(edited));
}
