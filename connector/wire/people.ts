import type { Crm } from "../crm/crm.ts";
import { consume } from "../flow/consume.ts";
import type { Feed } from "../flow/feed.ts";
import { ingest } from "../flow/ingest.ts";
import { openFollower } from "../follower.ts";
import type { Journal, NewEntry } from "../journal/journal.ts";
import { toSubject, type CrmChange, type FollowedChange } from "../model/change.ts";
import { toPartition } from "../model/partition.ts";
import type { Reply } from "../model/reply.ts";
import { toPartState, type Parts } from "./parts.ts";
import { toWatchers } from "./watchers.ts";

/** What people do in the CRM: their replies into the log "replies", everything else into the log "changes". */
export async function hearChanges(
  { journal, clock, board, lanes }: Parts,
  crm: Crm,
  signal: AbortSignal,
): Promise<void> {
  await ingest<Reply>(
    {
      journal,
      clock,
      log: "replies",
      name: "crm/changes",
      feed: withoutFollowed(crm.changes, journal),
      toEntry: (reply) => ({
        key: reply.key,
        partition: lanes.get(reply.account ?? "") ?? toPartition(reply.account ?? reply.row, journal.partitions),
        value: JSON.stringify(reply),
      }),
      onPage: () => board.set("crm", "up"),
      onWait: (wait) => board.set("crm", "waiting", wait.message),
    },
    signal,
  );
}

/** What is to be followed is durable before its page goes on, and with it the cursor: repeated, it has the same keys. */
function withoutFollowed(feed: Feed<CrmChange>, journal: Journal): Feed<Reply> {
  return async function* (cursor, signal) {
    for await (const page of feed(cursor, signal)) {
      const followed = page.items
        .filter((item) => item.type !== "reply")
        .map((item) => toEntry(item, journal.partitions));
      if (followed.length > 0) await journal.append("changes", followed);
      yield { ...page, items: page.items.filter((item) => item.type === "reply").map(({ reply }) => reply) };
    }
  };
}

function toEntry(change: FollowedChange, partitions: number): NewEntry {
  return { key: change.key, partition: toPartition(toSubject(change), partitions), value: JSON.stringify(change) };
}

/** What hangs on people's changes follows them. */
export async function followPeople(parts: Parts, crm: Crm): Promise<void> {
  const { journal, clock, board, telemetry, shares } = parts;
  const handle = openFollower({
    journal,
    crm,
    clock,
    onFollowed: ({ type }, outcome) => telemetry.metrics.changesFollowed.inc({ type, outcome }),
  });
  await shares.together(async (partitions, held) => {
    using watchers = toWatchers(parts, { log: "changes", consumer: "all", part: "follower" });
    await consume(
      {
        journal,
        clock,
        log: "changes",
        partitions,
        batch: 50,
        inFlight: 1,
        handle,
        onWait: (wait) => board.set("follower", toPartState(wait), wait.message),
        onBatch: () => board.set("follower", "up"),
        ...watchers,
      },
      held,
    );
  });
}
