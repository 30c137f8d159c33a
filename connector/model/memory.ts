import type { IsoTime, Key } from "./glossary.ts";

export type IdentityState = "Anonymous" | "Suggested" | "Linked" | "Verified";

/** How the connector signs its own decisions. Any other name is a person's, and is never overruled. */
export const EARSHOT = "Earshot";

/** Whom a persona stands for in the CRM: ids of rows. A person account is a Contact and an Account. */
export interface Link {
  readonly contact?: string;
  readonly lead?: string;
  readonly account?: string;
}

export interface KnownPost {
  readonly key: Key;
  readonly version: number;
  readonly gone: boolean;
  /** When its row was made, by the CRM's own clock, as the closing of a Case is. */
  readonly recordedAt: IsoTime;
  /** The CRM's id of the Case that it stands on. */
  readonly caseId: string | undefined;
  readonly conversation: Key | undefined;
  /** What a person has decided about it: no rule of ours says otherwise, and no repetition. */
  readonly decided?: {
    readonly needsResponse?: boolean;
    /** On which Case it stands, or that it stands on none. */
    readonly case?: true;
  };
}

export interface KnownPersona {
  readonly key: Key;
  readonly identity: IdentityState;
  readonly link: Link;
  /** Who decided on the link: `EARSHOT`, a person's name, or undefined while nobody has. */
  readonly decidedBy: string | undefined;
  /** Of the last call that recorded something of it, where the CRM tells calls apart that come late; grows with each. */
  readonly turn?: number;
}

/** A Case of this customer: of the conversation at hand, or open on the same account. */
export interface KnownCase {
  readonly id: string;
  /** `conversation|persona|n`; undefined where a person made the Case. */
  readonly key: Key | undefined;
  readonly conversation: Key | undefined;
  readonly account: Key | undefined;
  readonly madeAt: IsoTime;
  readonly closedAt: IsoTime | undefined;
  readonly lastInboundAt: IsoTime | undefined;
  readonly firstResponseAt: IsoTime | undefined;
  /** When the post that opened it was posted. */
  readonly postedAt?: IsoTime;
  /** The post whose words it is called by; absent where a person made it, or its words are gone. */
  readonly openingPost?: Key;
  readonly contact: string | undefined;
}

/** Somebody in the CRM who may be this persona, and the evidence for it. */
export interface Candidate {
  readonly link: Link;
  /** Where the evidence stands, for people to read: `Contact.Mastodon__c`. */
  readonly field: string;
}

/** What the CRM knows about one draft. */
export interface Memory {
  readonly post: KnownPost | undefined;
  readonly parent: KnownPost | undefined;
  readonly persona: KnownPersona | undefined;
  /** The Cases that may matter: the customer's, and those that `post`, `parent` and `latestCaseId` point to. */
  readonly cases: readonly KnownCase[];
  /** Where the customer's latest recorded post of this conversation points: the truth after a merge. */
  readonly latestCaseId: string | undefined;
  /** The highest n of any Case of this conversation and persona, 0 for none, so that a key is never used twice. */
  readonly lastCaseNumber: number;
  /** Owners of this very handle on record. */
  readonly candidates: readonly Candidate[];
}
