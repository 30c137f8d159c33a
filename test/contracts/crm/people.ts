import type { CrmChange } from "../../../connector/model/change.ts";
import type { Key } from "../../../connector/model/glossary.ts";
import type { Link } from "../../../connector/model/memory.ts";

export interface Correction {
  readonly sentiment?: string;
  readonly topics?: string;
  readonly needsResponse?: boolean;
}

/** What people do with personas, posts and records, and what they see of it. */
export interface PeopleActs {
  /** A person signs whom a persona stands for; what is not named is emptied. */
  readonly link: (persona: Key, link: Link) => Promise<void>;
  readonly relabel: (post: Key, correction: Correction) => Promise<void>;
  /** Puts a post on a Case, or takes it off. */
  readonly put: (post: Key, caseId: string | undefined) => Promise<void>;
  /** A Case that somebody makes by hand. */
  readonly makeCase: (subject: string) => Promise<string>;
  readonly merge: (object: "Contact" | "Lead" | "Case", master: string, loser: string) => Promise<void>;
  readonly convert: (lead: string) => Promise<{ readonly contact: string; readonly account: string }>;
  /** Whom a post or a persona shows as its customer. */
  readonly linkOf: (key: Key) => Promise<Link>;
  /** Whose activity the post is; null: nobody's. undefined: there is none. */
  readonly whoOf: (post: Key) => Promise<string | null | undefined>;
  readonly sentimentOf: (post: Key) => Promise<string | undefined>;
  readonly placeOf: (caseId: string) => Promise<{
    readonly conversation: Key | undefined;
    readonly persona: Key | undefined;
    readonly account: Key | undefined;
    readonly lastInboundAt: string | undefined;
    readonly contact: string | undefined;
  }>;
  readonly caseOfReply: (id: string) => Promise<string | undefined>;
  /** What the feed tells when it is opened for the first time. */
  readonly allChanges: () => Promise<readonly CrmChange[]>;
}
