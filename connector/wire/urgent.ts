import type { PostEvent } from "../model/post.ts";
import { rememberReadings } from "../pipeline/remember-readings.ts";
import type { HandleOf } from "../pipeline/triage.ts";
import { toUrgent } from "../pipeline/urgent.ts";
import { openReader, type Read } from "../understanding/reader.ts";
import type { InUse } from "./in-use.ts";

export interface Urgency {
  /** Does this event go before others when much is waiting? */
  isUrgent(event: PostEvent): boolean;
  /** The reader that made the decision: the pipeline shares it, so that no post is read twice. */
  readonly read: Read;
}

/** Loads the language data once, for hearing and for the pipeline. */
export async function openUrgency({ rules }: Pick<InUse, "rules">, handleOf: HandleOf): Promise<Urgency> {
  const read = rememberReadings(await openReader());
  return { isUrgent: toUrgent(read, rules, handleOf), read };
}
