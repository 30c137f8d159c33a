import type { Journal } from "../journal/journal.ts";
import type { LabelChange } from "../model/change.ts";
import type { Rejection } from "../model/glossary.ts";
import { toPostPartition } from "../model/partition.ts";
import { parseEvent } from "../recorder/parse-event.ts";
import { isGone } from "../tombstones.ts";

const FORGOTTEN: Rejection = {
  reason: "forgotten",
  detail:
    "A person asks for a response to a post that the journal keeps no longer. Make a Case for it by hand and put the post on " +
    "it: Earshot goes on from there.",
};

/**
 * A person asks for a response to a post that stands on no Case: the post goes through the pipeline once more, in its
 * author's turn, and the CRM says there what the person wants. Safe to repeat.
 */
export async function askForResponse(journal: Journal, change: LabelChange): Promise<undefined | Rejection> {
  const { post, version, key, needsResponse, caseId } = change;
  if (needsResponse !== true) return undefined;
  const entry = await journal.find("posts", `${post}#${version}`);
  if (entry === undefined || entry.value === "") {
    const isToBeAsked = caseId === undefined && (await isGone(journal, post)) === undefined;
    return isToBeAsked ? FORGOTTEN : undefined;
  }
  const partition = toPostPartition(parseEvent(entry.value), true, journal.partitions);
  // Named as a version of the post, so that what is erased with the post is erased here, too.
  const asked = { key: `${post}#${version}/asked/${key}`, partition, value: entry.value };
  await journal.append("posts", [asked], "consequence");
  return undefined;
}
