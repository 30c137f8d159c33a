import type { Town } from "./town.ts";

interface Trouble {
  readonly match: { readonly method?: string; readonly path: string; readonly body?: string };
  readonly act: string;
  readonly skip?: number;
}

type Troubles = readonly [Trouble, ...Trouble[]];

const CRM = { path: "/composite" };
const NOTICES = { method: "GET", path: "/api/v1/notifications" };

const ANSWERS = { method: "POST", path: "/api/v1/statuses", body: "We look into it and write again." };

/** What may go wrong on the way, beside the kills. Only what the connector asks is struck. */
const ORG_TROUBLES: Troubles = [
  { match: CRM, act: "drop-after" },
  { match: CRM, act: "drop-before" },
  { match: CRM, act: "503" },
  { match: CRM, act: "lock", skip: 1 },
  { match: CRM, act: "expire" },
  { match: CRM, act: "limit", skip: 8 },
];

const NETWORK_TROUBLES: Troubles = [
  { match: NOTICES, act: "503" },
  { match: NOTICES, act: "drop-after" },
  { match: NOTICES, act: "429" },
  { match: { method: "GET", path: "/api/v1/accounts" }, act: "500" },
  { match: ANSWERS, act: "drop-after" },
  { match: ANSWERS, act: "drop-before" },
  { match: ANSWERS, act: "503" },
  { match: ANSWERS, act: "422" },
];

export async function troubleOrg({ chance, orgUrl }: Town): Promise<string> {
  return await order(orgUrl, chance.pick(ORG_TROUBLES));
}

export async function troubleNetwork({ chance, square }: Town): Promise<string> {
  return await order(square.url, chance.pick(NETWORK_TROUBLES));
}

export async function dropStreams({ square }: Town): Promise<void> {
  await fetch(`${square.url}/sandbox/streams/drop`, { method: "POST" });
}

export async function endTroubles({ orgUrl, square }: Town): Promise<void> {
  for (const url of [orgUrl, square.url]) await fetch(`${url}/sandbox/faults`, { method: "DELETE" });
}

/** Answers what will happen. */
async function order(url: string, fault: Trouble): Promise<string> {
  await fetch(`${url}/sandbox/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([fault]),
  });
  return fault.act;
}
