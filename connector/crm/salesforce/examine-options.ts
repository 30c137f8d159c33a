import type { Clock } from "../../clock.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { OpenSession } from "./connect.ts";
import type { BusAddress } from "./events/bus.ts";
import type { Fields } from "./fields.ts";
import type { HandleField } from "./handles.ts";

/** What is examined, and what it is to be like. */
export interface ExamineOptions {
  readonly session: OpenSession;
  readonly fields: Fields;
  readonly settings: () => OrgSettings;
  readonly clock: Clock;
  readonly orgId: string;
  /** As the configuration has it. */
  readonly expected: {
    readonly login: { readonly loginUrl: string };
    /** undefined: any org is taken. */
    readonly orgId: string | undefined;
    /** undefined: events are off. */
    readonly events?: BusAddress | undefined;
  };
  readonly handles: readonly HandleField[];
  readonly coordinator: string | undefined;
  /** The queues that Cases may go to, by developer name; the first takes the place of one that is missing. */
  readonly queues: readonly string[];
}
