import { manualClock } from "../fakes/manual-clock.ts";
import { documentContract } from "./journal/documents.ts";
import { logContract } from "./journal/log.ts";
import { toPromised } from "./journal/promised.ts";
import type { JournalPlace } from "./journal/promised.ts";
import { entries, readKeys } from "./journal/reading.ts";
import { retentionContract } from "./journal/retention.ts";

/** What every journal promises. `skip` names tests that do not apply, each with its reason. */
export function journalContract(
  openPlace: () => Promise<JournalPlace>,
  skip: Readonly<Record<string, string>> = {},
): void {
  const clock = manualClock();
  const promise = toPromised(openPlace, clock, skip);
  logContract(promise, clock);
  documentContract(promise);
  retentionContract(promise, clock);

  promise("a closed journal refuses writes, and may be closed twice", async (journal) => {
    await journal[Symbol.asyncDispose]();
    await journal[Symbol.asyncDispose]();
    await expect(journal.put("d", "x", 0)).rejects.toThrow("closed");
  });

  promise("what was asked for before closing is durable", async (journal, reopen) => {
    const asked = [journal.append("posts", entries(0, "a")), journal.put("d", "x", 0)];
    const again = await reopen();
    await Promise.all(asked);
    expect(await readKeys(again, "posts", 0)).toEqual(["a"]);
    expect((await again.get("d"))?.value).toBe("x");
  });
}
