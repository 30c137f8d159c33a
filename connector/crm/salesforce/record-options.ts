import type { Draft } from "../../model/draft.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Route } from "../../model/reply.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import type { SaidBefore } from "./said-before.ts";
import type { SharedWrites } from "./shared-writes.ts";
import type { NextTurn } from "./turn.ts";

/** What recording needs beside the drafts. */
export interface RecordOptions {
  readonly session: Session;
  /** For the second calls of batches. */
  readonly sharedWrites: SharedWrites;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  /** The queue for a Case whose own queue the org does not have. */
  readonly fallbackQueue: string;
  readonly now: () => IsoTime;
  readonly nextTurn: NextTurn;
  readonly saidBefore: SaidBefore;
  /** What may be sent now in answer to a post. */
  readonly routes: (draft: Draft) => readonly Route[];
}
