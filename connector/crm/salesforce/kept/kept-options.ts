import type { IsoTime } from "../../../model/glossary.ts";
import type { Session } from "../connect.ts";
import type { Fields } from "../fields.ts";

/** What reading and writing the settings in the org needs. */
export interface KeptOptions {
  readonly session: Session;
  readonly fields: Fields;
  readonly now: () => IsoTime;
}
