/**
 * What an integrator writes in an afternoon: reads the mentions, and makes the records with one call each. It keeps what
 * stands in memory only: a crash loses or doubles posts, an edit or a delete is not seen, nothing is understood or routed.
 */
import jsforce from "jsforce";
import { createRestAPIClient, createStreamingAPIClient, type mastodon } from "masto";

const { ORG_URL = "", NETWORK_URL = "", NETWORK_TOKEN = "" } = process.env;
const PAGE = 80;

const oauth = new jsforce.OAuth2({ loginUrl: ORG_URL, clientId: "sandbox", clientSecret: "sandbox" });
const login = await oauth.requestToken({ grant_type: "client_credentials" });
const crm = new jsforce.Connection({
  instanceUrl: login.instance_url,
  accessToken: login.access_token,
  version: "66.0",
});
const network = createRestAPIClient({ url: NETWORK_URL, accessToken: NETWORK_TOKEN });
const stream = createStreamingAPIClient({
  streamingApiUrl: NETWORK_URL.replace(/^http/, "ws"),
  accessToken: NETWORK_TOKEN,
});

async function record(post: mastodon.v1.Status): Promise<void> {
  const { acct } = post.account;
  const handle = acct.includes("@") ? acct : `${acct}@nordwind.social`;
  const persona = await crm.sobject("Social_Persona__c").upsert(
    {
      External_Key__c: `by-hand-${post.account.id}`,
      Network__c: "mastodon",
      Handle__c: handle,
      Handle_Key__c: `mastodon:${handle}`,
      Display_Name__c: post.account.displayName,
      Profile_Url__c: post.account.url,
      Followers__c: post.account.followersCount,
    },
    "External_Key__c",
  );
  const contact = await crm.sobject("Contact").findOne({ Mastodon__c: handle }, ["Id"]);
  const caseId = (await findCase(post)) ?? (await createCase(post, persona.id, contact?.Id));
  await crm.sobject("Social_Post__c").upsert(
    {
      External_Key__c: toKey(post.id),
      Version__c: 0,
      Network__c: "mastodon",
      Source_Class__c: "microblog",
      Kind__c: post.inReplyToId ? "reply" : "mention",
      Direction__c: "Inbound",
      Visibility__c: "public",
      Text__c: toPlain(post.content),
      Excerpt__c: toPlain(post.content).slice(0, 255),
      Language__c: post.language,
      Posted_At__c: post.createdAt,
      Detected_At__c: new Date().toISOString(),
      Url__c: post.url,
      Persona__c: persona.id,
      Case__c: caseId,
      Contact__c: contact?.Id,
    },
    "External_Key__c",
  );
  if (contact?.Id !== undefined) await createTask(post, contact.Id, caseId);
}

async function findCase(post: mastodon.v1.Status): Promise<string | undefined> {
  if (!post.inReplyToId) return undefined;
  const parent = await crm.sobject("Social_Post__c").findOne({ External_Key__c: toKey(post.inReplyToId) }, ["Case__c"]);
  const id: unknown = parent?.["Case__c"];
  return typeof id === "string" ? id : undefined;
}

async function createCase(post: mastodon.v1.Status, persona: string | undefined, contact: string | undefined) {
  const made = await crm.sobject("Case").create({
    Origin: "Social",
    Subject: toPlain(post.content).slice(0, 80),
    Description: toPlain(post.content),
    Priority: "Medium",
    SuppliedName: post.account.displayName,
    Social_Persona__c: persona,
    Social_Last_Inbound_At__c: post.createdAt,
    ContactId: contact,
  });
  return made.id;
}

async function createTask(post: mastodon.v1.Status, contact: string, caseId: string | undefined): Promise<void> {
  await crm.sobject("Task").create({
    Subject: `Social post by @${post.account.acct}`,
    Description: toPlain(post.content).slice(0, 255),
    Status: "Completed",
    WhoId: contact,
    WhatId: caseId,
  });
}

const toKey = (id: string): string => `by-hand-${id}`;

function toPlain(html: string): string {
  return html.replace(/<[^>]+>/g, "");
}

/** All that stands on the network, oldest first, then what comes in, one post after the other. */
async function run(): Promise<void> {
  const live: mastodon.v1.Notification[] = [];
  let wake: (() => void) | undefined;
  const listening = listen((notification) => {
    live.push(notification);
    wake?.();
  });
  let last = "0";
  for (;;) {
    const page = await network.v1.notifications.list({ types: ["mention"], minId: last, limit: PAGE });
    if (page.length === 0) break;
    for (const notification of page.toReversed()) await recordOne(notification);
  }
  for (;;) {
    const next = live.shift();
    if (next !== undefined) await recordOne(next);
    else await Promise.race([new Promise<void>((resolve) => (wake = resolve)), listening]);
  }

  async function recordOne(notification: mastodon.v1.Notification): Promise<void> {
    if (notification.type !== "mention" || notification.id <= last) return;
    await record(notification.status);
    last = notification.id;
  }
}

async function listen(heard: (notification: mastodon.v1.Notification) => void): Promise<never> {
  for await (const event of stream.user.subscribe()) if (event.event === "notification") heard(event.payload);
  throw new Error("The stream has ended");
}

process.once("disconnect", () => process.exit(0));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage().rss });
});
await run();
