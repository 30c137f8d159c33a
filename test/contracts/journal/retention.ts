import type { ManualClock } from "../../fakes/manual-clock.ts";
import { entries, readAll, readKeys } from "./reading.ts";
import type { Promised } from "./promised.ts";

/** What a journal promises of forgetting. */
export function retentionContract(promise: Promised, clock: ManualClock): void {
  describe("retention", () => {
    promise(
      "drops old entries that were passed, and remembers their keys until these are old too",
      async (journal, reopen) => {
        await journal.append("posts", entries(0, "a", "b"));
        const [, second] = await readAll(journal, "posts", 0);
        clock.advance(60_000);
        const young = clock.now();
        await journal.append("posts", entries(0, "c"));
        await journal.put("position/posts/0", JSON.stringify({ seq: (second?.seq ?? 0) + 10, epoch: 1 }), 0);

        await journal.trim("posts", { values: young, keys: "2000-01-01T00:00:00.000Z" });
        const again = await reopen();
        expect(await readKeys(again, "posts", 0)).toEqual(["c"]);
        expect(await again.find("posts", "a")).toBeUndefined();
        await again.append("posts", entries(0, "a"));
        expect(await readKeys(again, "posts", 0)).toEqual(["c"]);

        await again.trim("posts", { values: young, keys: young });
        await again.append("posts", entries(0, "a"));
        expect(await readKeys(again, "posts", 0)).toEqual(["c", "a"]);
      },
    );

    promise("knows a key by its versions, for as long as these are remembered", async (journal) => {
      await journal.append("decisions", entries(0, "p/1#0", "p/1#1700", "p/12#0", "p/3#gone"));
      const know = async (): Promise<readonly boolean[]> =>
        Promise.all(["p/1", "p/12", "p/1#0", "p/3", "p/2"].map((key) => journal.knows("decisions", key)));
      expect(await know()).toEqual([true, true, true, false, false]);
      expect(await journal.knows("posts", "p/1")).toBe(false);
      clock.advance(60_000);
      await journal.trim("decisions", { values: clock.now(), keys: "2000-01-01T00:00:00.000Z" });
      expect(await know()).toEqual([true, true, true, false, false]);
      await journal.trim("decisions", { values: clock.now(), keys: clock.now() });
      expect(await know()).toEqual([false, false, false, false, false]);
    });

    promise("never takes what a position has yet to pass", async (journal) => {
      await journal.append("posts", [...entries(0, "a", "b"), ...entries(1, "c")]);
      const [first] = await readAll(journal, "posts", 0);
      await journal.put("position/posts/0", JSON.stringify({ seq: first?.seq, epoch: 1 }), 0);
      clock.advance(60_000);
      await journal.trim("posts", { values: clock.now(), keys: clock.now() });
      expect(await readKeys(journal, "posts", 0)).toEqual(["b"]);
      expect(await readKeys(journal, "posts", 1)).toEqual(["c"]);
      await journal.append("posts", entries(1, "b", "c"));
      expect(await readKeys(journal, "posts", 1)).toEqual(["c"]);
    });

    promise("never takes what is parked, until it is so no more", async (journal) => {
      await journal.append("posts", entries(0, "a", "b"));
      const [first, second] = await readAll(journal, "posts", 0);
      await journal.put("position/posts/0", JSON.stringify({ seq: second?.seq, epoch: 1 }), 0);
      await journal.put(`parked/posts/${first?.seq ?? 0}`, "{}", 0);
      clock.advance(60_000);
      await journal.trim("posts", { values: clock.now(), keys: clock.now() });
      expect(await readKeys(journal, "posts", 0)).toEqual(["a"]);
      await journal.remove(`parked/posts/${first?.seq ?? 0}`, 1);
      await journal.trim("posts", { values: clock.now(), keys: clock.now() });
      expect(await readKeys(journal, "posts", 0)).toEqual([]);
    });

    promise("goes by age alone where a log has no positions, and leaves other logs alone", async (journal) => {
      await journal.append("decisions", entries(0, "a"));
      await journal.append("posts", entries(0, "a"));
      clock.advance(60_000);
      await journal.trim("decisions", { values: clock.now(), keys: clock.now() });
      expect(await readAll(journal, "decisions", 0)).toEqual([]);
      expect(await readKeys(journal, "posts", 0)).toEqual(["a"]);
    });

    promise("never gives a seq twice, even when the last entry went", async (journal, reopen) => {
      await journal.append("decisions", entries(0, "a"));
      const [last] = await readAll(journal, "decisions", 0);
      clock.advance(60_000);
      await journal.trim("decisions", { values: clock.now(), keys: clock.now() });
      const again = await reopen();
      await again.append("decisions", entries(0, "b"));
      const [next] = await readAll(again, "decisions", 0);
      expect(next?.seq).toBeGreaterThan(last?.seq ?? Infinity);
    });

    promise("trims more than one transaction's worth", async (journal) => {
      await journal.append("decisions", entries(0, ...Array.from({ length: 1_201 }, (_, index) => `k${index}`)));
      clock.advance(60_000);
      await journal.trim("decisions", { values: clock.now(), keys: clock.now() });
      expect(await readAll(journal, "decisions", 0)).toEqual([]);
    });
  });
}
