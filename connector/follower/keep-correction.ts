import type { Journal } from "../journal/journal.ts";
import type { LabelChange } from "../model/change.ts";
import { toPartition } from "../model/partition.ts";

/** What a person corrected, in the log "decisions", to learn from: names and values of labels, never the post's words. */
export async function keepCorrection(journal: Journal, change: LabelChange): Promise<void> {
  const { post, key, by, at, sentiment, intent, topics, needsResponse } = change;
  const value = JSON.stringify({ outcome: "corrected", post, by, at, sentiment, intent, topics, needsResponse });
  await journal.append("decisions", [
    { key: `${post}/corrected/${key}`, partition: toPartition(post, journal.partitions), value },
  ]);
}
