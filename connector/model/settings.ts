import type { Priority } from "./draft.ts";
import type { Key } from "./glossary.ts";

/** What the org is like, as far as the connector has to know: read at the start and every few minutes. */
export interface OrgSettings {
  readonly orgId: string;
  /** Queue's developer name → id of the Group. */
  readonly queues: ReadonlyMap<string, string>;
  /** The status that a Case gets when a new post reopens it. */
  readonly reopenedStatus: string;
  /** The status of a completed Task. */
  readonly completedTaskStatus: string;
}

/** What to listen for, as somebody wrote it into the CRM. Nothing in it has been checked. */
export interface ListenerRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** The account of ours that listens; undefined: each that can. */
  readonly account: Key | undefined;
  /** A word or phrase on each line. */
  readonly words: string;
  /** A word or phrase on each line: a post that has one of them is not wanted. */
  readonly excluded: string;
  /** Language codes, separated by commas or blanks; empty: any. */
  readonly languages: string;
}

/** What makes a post matter and where it goes, as somebody wrote it into the CRM. Nothing in it has been checked. */
export interface RuleRow {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  /** Rules are asked in this order; of equal ones by name. undefined: nobody said. */
  readonly order: number | undefined;
  /** In CEL; empty: it always holds. */
  readonly condition: string;
  /** undefined: this rule does not say; a later one may. The same for what follows. */
  readonly needsResponse: boolean | undefined;
  readonly priority: Priority | undefined;
  /** Developer name. */
  readonly queue: string | undefined;
  readonly responseMinutes: number | undefined;
  /** A sentence for people. */
  readonly reason: string;
}

/** A rule that comes with us; its name is its key. */
export type OfferedRule = Omit<RuleRow, "id">;

/** The settings that coordinators keep in the CRM. */
export interface KeptSettings {
  readonly listeners: readonly ListenerRow[];
  readonly rules: readonly RuleRow[];
}

/** What the connector says of a row of settings, on that row. */
export interface Remark {
  readonly on: "listener" | "rule";
  readonly id: string;
  readonly state: "In use" | "Switched off" | "Broken";
  /** What is wrong and how it is mended; empty where nothing is. */
  readonly detail: string;
}
