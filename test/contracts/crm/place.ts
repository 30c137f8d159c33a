import type { Crm } from "../../../connector/crm/crm.ts";
import type { Account } from "../../../connector/model/account.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import { COMPANY } from "../../fakes/posts.ts";
import type { CoordinatorActs } from "./coordinators.ts";
import type { PeopleActs } from "./people.ts";

/** A post as people in the CRM see it. */
export interface SeenPost {
  readonly text: string | undefined;
  readonly version: number;
  readonly gone: boolean;
  readonly caseId: string | undefined;
  readonly intent: string | undefined;
  readonly visibility: string | undefined;
}

export interface SeenCase {
  readonly id: string;
  readonly key: Key | undefined;
  readonly subject: string | undefined;
  readonly description: string | undefined;
  readonly ownerId: string;
  readonly priority: string;
  readonly contact: string | undefined;
  readonly isOpen: boolean;
  readonly status: string;
  readonly postedAt: string | undefined;
  readonly detectedAt: string | undefined;
  readonly triagedAt: string | undefined;
  readonly lastInboundAt: string | undefined;
  readonly firstResponseAt: string | undefined;
}

export interface SeenReply {
  readonly status: string;
  readonly attempt: number;
  readonly decision: string | undefined;
  readonly detail: string | undefined;
  readonly sentPostKey: Key | undefined;
  /** All of its words. */
  readonly text: string;
}

export interface NewReply {
  readonly post: Key;
  readonly text?: string;
  readonly sendAfter?: string;
  readonly isDraft?: boolean;
  /** It stands on this Case. */
  readonly caseId?: string;
}

export interface CaseChange {
  readonly isOpen?: boolean;
  /** Of an open Case: somebody works on it. */
  readonly isWorkedOn?: true;
  readonly subject?: string;
  readonly description?: string;
  readonly priority?: string;
  readonly contact?: string;
}

/** What may befall the next call of the connector that writes. */
export type Trouble = "lock" | "unavailable" | "lost answer" | "hold";

/** A CRM with people in it, and what they do by its own means. */
export interface CrmPlace extends PeopleActs, CoordinatorActs, AsyncDisposable {
  readonly crm: Crm;
  /** A customer with this handle on record, spelled so. */
  readonly addCustomer: (object: "Contact" | "Lead", handle: string) => Promise<string>;
  readonly post: (key: Key) => Promise<SeenPost | undefined>;
  readonly casesOf: (persona: Key) => Promise<readonly SeenCase[]>;
  /** All words of the activity for this post. */
  readonly activity: (post: Key) => Promise<string | undefined>;
  /** A person writes on it, in the place of what stands there. */
  readonly changeActivity: (post: Key, change: { readonly subject?: string; readonly note?: string }) => Promise<void>;
  readonly removeActivity: (post: Key) => Promise<void>;
  /** A person corrects what a post is about. */
  readonly correctIntent: (post: Key, intent: string) => Promise<void>;
  /** A person puts a post on a Case of their own, and gets its id. */
  readonly movePost: (post: Key) => Promise<string>;
  /** A person changes a Case; what is not said stays. */
  readonly changeCase: (id: string, change: CaseChange) => Promise<void>;
  readonly removeCase: (id: string) => Promise<void>;
  /** A person takes the Case and gets its id as owner. */
  readonly takeCase: (id: string) => Promise<string>;
  /** A person decides that the persona is this contact, or (undefined) nobody. */
  readonly decide: (persona: Key, contact: string | undefined) => Promise<void>;
  readonly contactOf: (persona: Key) => Promise<string | undefined>;
  readonly addReply: (reply: NewReply) => Promise<string>;
  readonly decideReply: (id: string, decision: "Retry" | "Was sent" | "Send again") => Promise<void>;
  readonly removeReply: (id: string) => Promise<void>;
  readonly reply: (id: string) => Promise<SeenReply>;
  /** A person rewrites a draft. */
  readonly changeReply: (id: string, text: string) => Promise<void>;
  /** `skip`: so many calls that write go through before. */
  readonly trouble: (kind: Trouble, skip?: number) => Promise<void>;
  /** A call is held by now. */
  readonly untilHeld: () => Promise<void>;
  /** The CRM's own clock shows another second. */
  readonly nextSecond: () => Promise<void>;
  /** Ends all troubles; what was held goes on. */
  readonly endTrouble: () => Promise<void>;
  /** Calls of the connector since the last time it was asked. */
  readonly calls: () => Promise<number>;
}

/** Our account, which posts and replies refer to. */
export const company: Account = {
  key: COMPANY,
  network: "test",
  handle: "nordwind@social.example",
  mode: "engage",
  textLimit: 500,
  urlLength: 23,
};

export const never = new AbortController().signal;

/** A test with the place of the suite. */
export type Promised = (name: string, body: (place: CrmPlace) => Promise<void>) => void;
