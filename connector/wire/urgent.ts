import type { PostEvent } from "../model/post.ts";
import { rememberReadings } from "../pipeline/remember-readings.ts";
import { toUrgent } from "../pipeline/urgent.ts";
import { defaultRules } from "../rules/defaults.ts";
import { openReader, type Read } from "../understanding/reader.ts";

export interface Urgency {
  /** Does this event go before others when much is waiting? */
  isUrgent(event: PostEvent): boolean;
  /** The reader that made the decision: the pipeline shares it, so that no post is read twice. */
  readonly read: Read;
}

/** Loads the language data once, for hearing and for the pipeline. */
export async function openUrgency(): Promise<Urgency> {
  const read = rememberReadings(await openReader());
  return { isUrgent: toUrgent(read, defaultRules), read };
}
