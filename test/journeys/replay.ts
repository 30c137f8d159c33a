import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import { waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

/** All that networks ever said is recorded once more, as after the loss of every position. */
export async function replayPosts({ connector, config }: World): Promise<void> {
  await connector.stop();
  const heads = await forgetPositions(config.journal);
  await connector.start();
  await using journal = await openSqliteJournal({ file: config.journal, clock: systemClock, visitor: true });
  await waitFor("every post to be recorded once more", async () => {
    for (const [key, seq] of heads) {
      const doc = await journal.get(key);
      if (doc === undefined || toSeq(doc.value) < seq) return false;
    }
    return true;
  });
}

async function forgetPositions(file: string): Promise<ReadonlyMap<string, number>> {
  await using journal = await openSqliteJournal({ file, clock: systemClock });
  const heads = new Map<string, number>();
  for await (const { key, value, revision } of journal.list("position/posts/")) {
    heads.set(key, toSeq(value));
    await journal.remove(key, revision);
  }
  return heads;
}

function toSeq(value: string): number {
  return (JSON.parse(value) as { seq: number }).seq;
}
