import type { Actor } from "./access.ts";
import type { Query } from "./query.ts";
import type { Schema } from "./schema.ts";

/** What a client sends for a row: fields by API name, parents by external id (`Persona__r: { External_Key__c: … }`). */
export type Values = Readonly<Record<string, unknown>>;

/** A value as the REST API gives it. Times are `2026-11-22T10:00:00.000+0000`, dates `2026-11-22`. */
export type JsonValue = string | number | boolean | null;

/**
 * A row as the REST API gives it: `attributes`, then the selected fields; parents as rows (or null), children as
 * `QueryResult` (or null where there are none).
 */
export interface QueryRow {
  readonly attributes: { readonly type: string; readonly url?: string };
  readonly [field: string]: JsonValue | QueryRow | QueryResult | QueryRow["attributes"];
}

export interface QueryResult {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly QueryRow[];
}

export interface SaveOptions {
  /** Let the active assignment rule choose the owner of a Case (Salesforce does, unless `Sforce-Auto-Assign: FALSE`). */
  readonly assign?: boolean;
  /** Save what a duplicate rule would only alert to (`Sforce-Duplicate-Rule-Header: allowSave=true`). */
  readonly allowDuplicates?: boolean;
}

/**
 * The org's rows. Every call is made as somebody, is synchronous, and throws a `Refusal` in Salesforce's words.
 * Writes are durable when the outermost `transaction` returns.
 */
export interface Store {
  readonly schema: Schema;

  /** The active user of this name or id, with their present permissions. */
  actor(usernameOrId: string): Actor | undefined;
  /** Active users in the order of their names. */
  actors(): readonly Actor[];

  /** SOQL as text or as a tree. Hidden fields do not exist; rows the actor may not see are not there. All pages at once. */
  query(actor: Actor, query: string | Query, options?: { readonly deleted?: boolean }): QueryResult;
  /** These fields (paths allowed) of one row; all readable ones if none are named. Refuses with NOT_FOUND. */
  read(actor: Actor, object: string, id: string, fields?: readonly string[]): QueryRow;

  /** The id of the row with this external id; undefined where there is none. */
  find(actor: Actor, target: UpsertTarget): string | undefined;

  /** The new row's id. */
  create(actor: Actor, object: string, values: Values, options?: SaveOptions): string;
  update(actor: Actor, object: string, id: string, values: Values, options?: SaveOptions): void;
  upsert(actor: Actor, target: UpsertTarget, values: Values, options?: SaveOptions): { id: string; created: boolean };
  /** To the recycle bin: only `deleted: true` queries see it. Its Tasks go with it, lookups to it are cleared. */
  remove(actor: Actor, object: string, id: string): void;

  /** Out of the recycle bin again, with what went there with it. Refuses with UNDELETE_FAILED what does not lie there. */
  restore(actor: Actor, object: string, id: string): void;

  /** The nightly run: closed Tasks of more than a year are archived, and only `deleted: true` queries see them. */
  readonly archive: () => void;
  /** The nightly run: what lies in the recycle bin for 15 days is gone for good. */
  readonly purge: () => void;

  /** The losers become one with the master, as in the page of duplicates. */
  merge(actor: Actor, merge: Merge): void;
  /** The Lead becomes a Contact of an Account, both made where none is named. */
  convertLead(actor: Actor, conversion: Conversion): { readonly contact: string; readonly account: string };

  /** This actor looked at this row: its LastViewedDate, for them alone. */
  view(actor: Actor, id: string): void;

  /** All or nothing; may be nested. */
  readonly transaction: <T>(work: () => T) => T;
}

export interface Merge {
  readonly object: string;
  readonly master: string;
  readonly losers: readonly string[];
}

export interface Conversion {
  readonly lead: string;
  readonly contact?: string | undefined;
  readonly account?: string | undefined;
}

export interface UpsertTarget {
  readonly object: string;
  /** An external id field (or `Id`). */
  readonly field: string;
  readonly key: string;
}
