import { z } from "zod";
import type { Coverage } from "../model/coverage.ts";
import { hearingSchema } from "./hearing.ts";

/** Where a feed stands, `cursor/<account>/<feed>`: one put moves its cursor and what is known of its gaps. */
export const markSchema = hearingSchema.extend({
  /** Where to go on. Of a feed that is not asked but tells by itself: when it last told something, or empty. */
  cursor: z.string(),
});

export type Mark = Readonly<z.infer<typeof markSchema>>;

export const MARKS = "cursor/";

export function toMarkKey(name: string): string {
  return `${MARKS}${name}`;
}

/** Documents of stretches that were brought in another way, until the feed's owner has noted them. */
export function toFilledPrefix(name: string): string {
  return `filled/${name}/`;
}

/** What people may see of it; undefined: hearing has not begun, or the feed does not tell until when it heard. */
export function toCoverage(feed: string, { since, heardUntil, gaps }: Mark): Coverage | undefined {
  return since === undefined ? undefined : { feed, since, heardUntil, gaps };
}
