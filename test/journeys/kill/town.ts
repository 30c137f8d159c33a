import path from "node:path";
import type { Chance } from "../../../scripts/fuzz/random.ts";
import type { CrmRow, CrmUser } from "../crm-user.ts";
import type { NetworkUser, Shown } from "../network-user.ts";
import { openWorld, type World } from "../world.ts";
import { toNowMs, type FastTime } from "./fast-clock.ts";

/** Somebody who speaks to the company, and how the org knows them at the start. */
export interface Speaker {
  readonly person: NetworkUser;
  /** linked: one Contact has the handle; twofold: two have; stranger: none; private: none, and writes private messages only. */
  readonly kind: "linked" | "twofold" | "stranger" | "private" | "company";
  readonly contacts: readonly string[];
}

/** What somebody said, as it should be known in the end. */
export interface Said {
  readonly by: Speaker;
  readonly shown: Shown;
  readonly key: string;
  /** The first post of its thread, or whose private exchange it is. */
  readonly conversation: string;
  readonly parent: Said | undefined;
  readonly isPrivate: boolean;
  /** It names us, or stands in a conversation with us: the CRM must have it. */
  readonly isForUs: boolean;
  readonly asks: boolean;
  readonly postedMs: number;
  /** Each version has a word of its own; the last one stands. */
  readonly words: string[];
  isGone: boolean;
  /** Where the connector was killed about when something happened to it. */
  readonly during: Set<string>;
}

/** A rep's answer. */
export interface Answer {
  readonly id: string;
  readonly word: string;
  readonly to: Said;
  readonly during: Set<string>;
}

/** What a person decided about a row: it must stand in the end. */
export interface Decision {
  readonly object: string;
  readonly id: string;
  readonly field: string;
  readonly value: unknown;
  readonly during: string;
}

/** The people, what they did, and the world they did it in. */
export interface Town extends AsyncDisposable {
  readonly world: World;
  readonly time: FastTime;
  readonly chance: Chance;
  readonly rita: CrmUser;
  readonly ritasId: string;
  readonly speakers: readonly Speaker[];
  readonly company: Speaker;
  readonly said: Said[];
  readonly answers: Answer[];
  /** By row and field: the last one counts. */
  readonly decisions: Map<string, Decision>;
  /** When a rep closed the Case of a conversation, by its group. */
  readonly closings: Map<string, { readonly caseId: string; readonly atMs: number; readonly during: string }>;
  /** Cases merged away, and into which. */
  readonly merged: Map<string, string>;
  /** What people did, in its order: for whoever looks into a finding. */
  readonly diary: string[];
  /** What happens now happens about this kill. */
  during: string;
  nowMs(): number;
  newWord(): string;
  orgFile(): string;
  networkFile(): string;
}

/** Any of our words, wherever it stands. */
export const WORD = /zq\d{6}x/g;

export async function openTown(chance: Chance, factor = 30): Promise<Town> {
  const time = { factor, epochMs: Date.now() };
  const nowMs = (): number => toNowMs(time);
  const world = await openWorld({
    stopped: true,
    now: nowMs,
    config: (config) => ({
      ...config,
      salesforce: { ...config.salesforce, callShare: 1, sweepSeconds: 3, callSeconds: 10 },
    }),
  });
  await fetch(`${world.sandbox.orgUrl}/sandbox/limits`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ dailyApiRequests: 50_000_000 }),
  });
  const rita = world.crmUser("rita");
  const [user] = await rita.query("SELECT Id FROM User WHERE Username = 'rita@nordwind.example'");
  const folder = path.dirname(world.config.journal);
  let words = 0;
  return {
    world,
    time,
    chance,
    rita,
    ritasId: user?.Id ?? "",
    speakers: await openSpeakers(world),
    company: { person: world.company, kind: "company", contacts: [] },
    said: [],
    answers: [],
    decisions: new Map(),
    closings: new Map(),
    merged: new Map(),
    diary: [],
    during: "the start",
    nowMs,
    newWord: () => `zq${String((words += 1)).padStart(6, "0")}x`,
    orgFile: () => path.join(folder, "org.sqlite"),
    networkFile: () => path.join(folder, "network.db"),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

const KINDS = [
  "linked",
  "linked",
  "linked",
  "twofold",
  "twofold",
  "stranger",
  "stranger",
  "stranger",
  "private",
] as const;

async function openSpeakers(world: World): Promise<readonly Speaker[]> {
  const ada = world.crmUser("ada");
  const speakers: Speaker[] = [];
  for (const [index, kind] of KINDS.entries()) {
    const handle = `${kind}_${index}`;
    const onRecord = { linked: 1, twofold: 2, stranger: 0, private: 0 }[kind];
    const contacts: string[] = [];
    for (let nth = 0; nth < Math.max(1, onRecord); nth++) {
      const known = nth < onRecord ? { Mastodon__c: `${handle}@nordwind.social` } : {};
      contacts.push(await ada.create("Contact", { LastName: `${handle} ${nth}`, ...known }));
    }
    speakers.push({ person: await world.person(handle), kind, contacts });
  }
  return speakers;
}

/** Writes into the diary what somebody does. */
export function note(town: Town, what: string): void {
  town.diary.push(`${new Date(town.nowMs()).toISOString()} ${what}, ${town.during}`);
}

/** The CRM's row of what was said, as a rep sees it now. */
export async function findRow({ rita }: Town, { key }: Said): Promise<CrmRow | undefined> {
  const fields = "Id, Case__c, Persona__c, Social_Account__c, Visibility__c, Deleted_At__c, Direction__c";
  const rows = await rita.query(`SELECT ${fields} FROM Social_Post__c WHERE External_Key__c = '${key}'`);
  return rows.at(0);
}

/** Whose conversation it is, for there is one Case of each. */
export function toGroup({ conversation, by }: Said): string {
  return `${conversation}|${by.person.handle}`;
}
