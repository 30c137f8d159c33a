import type { Crm } from "../../connector/crm/crm.ts";
import type { Entry, Journal } from "../../connector/journal/journal.ts";
import { PARTITIONS, toPostPartition } from "../../connector/model/partition.ts";
import type { PostEvent } from "../../connector/model/post.ts";
import { openPipeline } from "../../connector/pipeline/index.ts";
import { openRecorder } from "../../connector/recorder.ts";
import { defaultRules } from "../../connector/rules/defaults.ts";
import { openReader, type Read } from "../../connector/understanding/reader.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { toNetwork } from "../fakes/played-pipeline.ts";
import { COMPANY } from "../fakes/posts.ts";
import { firstAttempt } from "../fakes/recorder-scene.ts";

const OUTCOMES = ["rejected", "recorded", "ignored"];
const never = new AbortController().signal;
let reader: Promise<Read> | undefined;

/** The real pipeline and recorder hear the batches. What they decided about each event, as the log "decisions" has it. */
export async function tell(
  { crm, journal }: { readonly crm: Pick<Crm, "recall" | "record" | "erase">; readonly journal: Journal },
  batches: readonly (readonly PostEvent[])[],
): Promise<readonly string[]> {
  const events = batches.flat();
  const posts = events.flatMap((event) => (event.type === "posted" ? [event.post] : []));
  reader ??= openReader();
  const stages = await openPipeline({
    ...{ sources: new Map([[COMPANY, toNetwork(posts)]]), crm, rules: () => defaultRules },
    read: await reader,
  });
  const handle = openRecorder({ journal, crm, stages, clock: manualClock(), onDecided: () => undefined });
  for (const batch of batches) {
    const entries = await toEntries(journal, batch);
    const outcomes = await handle(entries, never, firstAttempt);
    const open = outcomes.find((outcome) => outcome !== undefined);
    if (open !== undefined) throw new Error(`An entry is not done: ${JSON.stringify(open)}`);
  }
  return await readDecisions(journal, events);
}

async function toEntries(journal: Journal, events: readonly PostEvent[]): Promise<readonly Entry[]> {
  const items = events.map((event) => ({
    ...{ key: event.key, value: JSON.stringify(event) },
    partition: toPostPartition(event, true, PARTITIONS),
  }));
  await journal.append("posts", items);
  const entries = await Promise.all(items.map(({ key }) => journal.find("posts", key)));
  return entries.flatMap((entry) => (entry === undefined || entry.value === "" ? [] : [entry]));
}

async function readDecisions(journal: Journal, events: readonly PostEvent[]): Promise<readonly string[]> {
  const decided = events.map(async ({ key }) => {
    const found = await Promise.all(OUTCOMES.map((outcome) => journal.find("decisions", `${key}/${outcome}`)));
    const entry = found.find((one) => one !== undefined);
    // A Case that is there, or that the batch makes: the same Case.
    return `${key} ${entry?.value.replace('"home":"batch"', '"home":"open"') ?? "nothing"}`;
  });
  return (await Promise.all(decided)).sort();
}
