import type { Clock } from "../../clock.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Session } from "./connect.ts";
import type { Fields } from "./fields.ts";
import type { HandleField } from "./handles.ts";

/** What is examined, and what it is to be like. */
export interface ExamineOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  readonly clock: Clock;
  readonly loginUrl: string;
  readonly handles: readonly HandleField[];
  readonly coordinator: string | undefined;
  /** The queues that Cases may go to, by developer name; the first takes the place of one that is missing. */
  readonly queues: readonly string[];
}
