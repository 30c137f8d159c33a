import type { Chance } from "../../../scripts/fuzz/random.ts";
import type { CrmRow, CrmUser } from "../crm-user.ts";
import type { NetworkUser, Shown } from "../network-user.ts";

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
  /** What befell the connector when something happened to it. */
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

/** A network that people speak on. */
export interface Square {
  readonly url: string;
  /** As it calls itself in handles and in our keys. */
  readonly host: string;
}

/** What people did, as far as it can be judged in the end. */
export interface Doings {
  readonly company: Speaker;
  readonly said: Said[];
  readonly answers: Answer[];
  /** What a rep has read of posts to quote it, the last one last. */
  readonly readings: { readonly row: CrmRow; readonly text: string }[];
  /** By row and field: the last one counts. */
  readonly decisions: Map<string, Decision>;
  /** When a rep closed a Case, by its id. */
  readonly closings: Map<string, { readonly caseId: string; readonly atMs: number; readonly during: string }>;
  /** Cases merged away, and into which. */
  readonly merged: Map<string, string>;
}

/** People of one network and the reps who answer them, and what they did. */
export interface Town extends Doings {
  readonly chance: Chance;
  readonly square: Square;
  readonly orgUrl: string;
  readonly rita: CrmUser;
  readonly ritasId: string;
  readonly speakers: readonly Speaker[];
  /** Among so many of the last things said people pick what they go on with. */
  readonly reach: number;
  /** What people did, in its order: for whoever looks into a finding. */
  readonly diary: string[];
  /** What happens now happens about this. */
  during: string;
  nowMs(): number;
  newWord(): string;
}

/** Any of our words, wherever it stands. */
export const WORD = /zq\d{6}x/g;

/** Gives words that nobody else says. */
export function toWords(): () => string {
  let words = 0;
  return () => `zq${String((words += 1)).padStart(6, "0")}x`;
}

/** What stands in the diary of nobody. */
export function toDoings(company: NetworkUser): Doings {
  return {
    company: { person: company, kind: "company", contacts: [] },
    said: [],
    answers: [],
    readings: [],
    decisions: new Map(),
    closings: new Map(),
    merged: new Map(),
  };
}

const ON_RECORD = { linked: 1, twofold: 2, stranger: 0, private: 0 };

export interface SpeakerOptions {
  readonly handle: string;
  readonly kind: keyof typeof ON_RECORD;
  readonly host: string;
  /** Who may make Contacts. */
  readonly ada: CrmUser;
  readonly join: (handle: string) => Promise<NetworkUser>;
}

/** Somebody joins the network; the org has as many Contacts with the handle as the kind says, and one without where it says none. */
export async function openSpeaker({ handle, kind, host, ada, join }: SpeakerOptions): Promise<Speaker> {
  const contacts: string[] = [];
  for (let nth = 0; nth < Math.max(1, ON_RECORD[kind]); nth++) {
    const known = nth < ON_RECORD[kind] ? { Mastodon__c: `${handle}@${host}` } : {};
    contacts.push(await ada.create("Contact", { LastName: `${handle} ${nth}`, ...known }));
  }
  return { person: await join(handle), kind, contacts };
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
