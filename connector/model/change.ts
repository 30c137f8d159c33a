import type { IsoTime, Key } from "./glossary.ts";
import type { IdentityState, Link } from "./memory.ts";
import type { Reply } from "./reply.ts";

/** What every change says of itself. */
interface Done {
  /** One per act: the same act found twice has the same key, the next act of the same kind another one. */
  readonly key: Key;
  readonly at: IsoTime;
  /** The CRM's id of the person who did it; undefined where the CRM does not tell. */
  readonly by: string | undefined;
}

/** Somebody said whom a persona stands for, or that it is not who we thought. */
export interface IdentityChange extends Done {
  readonly type: "identity";
  readonly persona: Key;
  readonly state: IdentityState;
  /** Whom it stands for now; empty: nobody. */
  readonly link: Link;
  /** Whom it stood for before. */
  readonly before: Link;
}

/** Somebody corrected what we read out of a post. Only what changed is named. */
export interface LabelChange extends Done {
  readonly type: "labels";
  readonly post: Key;
  /** Of the post, as the CRM held it when the change was found. */
  readonly version: number;
  /** The Case that it stood on then. */
  readonly caseId: string | undefined;
  readonly sentiment?: string;
  readonly intent?: string;
  readonly topics?: readonly string[];
  readonly needsResponse?: boolean;
}

/** Somebody put a post on a Case of their choice (made for it, say), or took it off one. */
export interface CaseChange extends Done {
  readonly type: "case";
  readonly post: Key;
  /** The CRM's id; undefined: on none any more. */
  readonly caseId: string | undefined;
}

/** Two records became one. */
export interface MergeChange extends Done {
  readonly type: "merged";
  readonly object: "Contact" | "Lead" | "Account" | "Case";
  readonly from: string;
  readonly into: string;
}

/** A Lead became a Contact and an Account. */
export interface ConversionChange extends Done {
  readonly type: "converted";
  readonly lead: string;
  readonly contact: string;
  readonly account: string;
}

/** Somebody saved words that are not sent yet, where they may quote what an author has taken back. They stand in the CRM only. */
export interface WritingChange extends Done {
  readonly type: "written";
  /** The CRM's id of the reply. */
  readonly reply: string;
}

/** What somebody did beside replying: the log "changes". */
export type FollowedChange = IdentityChange | LabelChange | CaseChange | MergeChange | ConversionChange | WritingChange;

/** What the change is about: changes of one subject are followed in their order. */
export function toSubject(change: FollowedChange): string {
  switch (change.type) {
    case "identity":
      return change.persona;
    case "labels":
    case "case":
      return change.post;
    case "merged":
      return change.into;
    case "converted":
      return change.lead;
    case "written":
      return change.reply;
  }
}

/** What somebody did in the CRM that the connector has to honour. */
export type CrmChange = { readonly type: "reply"; readonly reply: Reply } | FollowedChange;
