import type { FollowedChange } from "../../../model/change.ts";
import type { IsoTime } from "../../../model/glossary.ts";
import type { Row } from "../rows.ts";

/** One of the places where the org tells what people did. */
export interface Look {
  /** Unique; the cursor knows it by this name. */
  readonly name: string;
  /** The field that tells when a row came to be or changed; rows come in its order. */
  readonly stamp: "CreatedDate" | "SystemModstamp";
  /** What else tells one state of a row from another: stamps are whole seconds. */
  readonly toState?: (row: Row) => string;
  /** Below `/services/data/vNN.N/`: all rows stamped at or after `since`. */
  readonly toPath: (since: IsoTime) => string;
  /** Pure; the same rows give the same keys. */
  readonly toChanges: (rows: readonly Row[]) => readonly FollowedChange[];
}
