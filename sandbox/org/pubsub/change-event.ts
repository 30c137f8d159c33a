import type { Row } from "../store/database.ts";

export type ChangeType =
  "CREATE" | "UPDATE" | "DELETE" | "UNDELETE" | `GAP_${"CREATE" | "UPDATE" | "DELETE" | "UNDELETE"}`;

/** One change of rows, as the org keeps it: for everybody, before anybody's permissions are looked at. */
export interface ChangeEvent {
  /** The object's API name. */
  readonly entity: string;
  readonly ids: readonly string[];
  readonly type: ChangeType;
  /** The API and its client; empty where it was done by no API. */
  readonly origin: string;
  readonly user: string;
  readonly transaction: string;
  /** From 1 in each transaction. */
  readonly sequence: number;
  readonly at: number;
  /** Rises with each transaction. */
  readonly commit: number;
  /** Stored values by field names: of an update those that changed, of a delete none. */
  readonly values: Row;
}
