import type { CrmRow } from "../journeys/crm-user.ts";
import type { Model, ModelCase, ModelPost } from "./model.ts";
import type { Scene } from "./scene.ts";

/** A post as everybody sees it; its Case by the first post on it. */
export type Seen = Readonly<Record<string, unknown>>;

export function toPredicted(model: Model): readonly Seen[] {
  const recorded = model.posts.filter((post) => post.isRecorded);
  const firstOn = (one: ModelCase): string | undefined => recorded.find((post) => post.case === one)?.key;
  return recorded.map((post) => ({
    key: post.key,
    text: post.isGone ? null : post.text,
    ...toPredictedPeople(model, post),
    ...(post.case === undefined ? { on: null } : { on: firstOn(post.case), ...toPredictedCase(post.case) }),
  }));
}

function toPredictedPeople(model: Model, post: ModelPost): Seen {
  if (post.isGone || post.answers !== undefined) return {};
  const customer = model.customerOf(post.by) ?? null;
  const mood = post.sentiment ?? (post.asks ? "negative" : "positive");
  return { customer, mood, ...(post.isOnTimeline ? { timeline: customer } : {}) };
}

function toPredictedCase({ closedAt, called, isAnswered }: ModelCase): Seen {
  const words = typeof called === "string" ? called : called.isGone ? "Deleted by its author" : called.text;
  return { isOpen: closedAt === undefined, isAnswered, subject: words.replace("@nordwind ", "") };
}

/** `of`: those that are looked at. */
export async function look({ org, run, model }: Scene, of = (_: ModelPost): boolean => true): Promise<readonly Seen[]> {
  const ofCase = ["Subject", "IsClosed", "Social_First_Response_At__c"].map((field) => `Case__r.${field}`);
  const rows = await org.ada.query(
    `SELECT Id, External_Key__c, Text__c, Case__c, Contact__c, Lead__c, Sentiment__c, ${ofCase.join(", ")} ` +
      `FROM Social_Post__c WHERE External_Key__c LIKE '%${run}%' OR Parent_Key__c LIKE '%${run}%'`,
  );
  const tasks = await org.ada.query(
    `SELECT Social_Post_Key__c, WhoId FROM Task WHERE Social_Post_Key__c LIKE '%${run}%'`,
  );
  const byKey = new Map(rows.map((row) => [row["External_Key__c"], row]));
  const keys = model.posts
    .filter(of)
    .map(({ key }) => key)
    .filter((key) => byKey.has(key));
  return keys.map((key) => {
    const row = byKey.get(key);
    const post = model.posts.find((one) => one.key === key);
    if (row === undefined || post === undefined) throw new Error("unreachable");
    const on = keys.find((other) => byKey.get(other)?.["Case__c"] === row["Case__c"]);
    const who = tasks.find((task) => task["Social_Post_Key__c"] === key)?.["WhoId"];
    const people =
      post.isGone || post.answers !== undefined
        ? {}
        : {
            ...{ customer: row["Contact__c"] ?? row["Lead__c"], mood: row["Sentiment__c"] },
            ...(post.isOnTimeline ? { timeline: who } : {}),
          };
    return {
      key,
      text: row["Text__c"],
      ...people,
      ...(row["Case__c"] === null ? { on: null } : { on, ...toCase(row) }),
    };
  });
}

function toCase(row: CrmRow): Seen {
  const found = row["Case__r"] as CrmRow;
  return {
    isOpen: found["IsClosed"] === false,
    isAnswered: found["Social_First_Response_At__c"] !== null,
    subject: String(found["Subject"]).replace(/^R\d+R_\w+: /u, ""),
  };
}
