import type { ManualClock } from "../../fakes/manual-clock.ts";
import { drain, entries, readAll, readKeys, readPages } from "./reading.ts";
import type { Promised } from "./promised.ts";

/** What a journal promises of its logs. */
export function logContract(promise: Promised, clock: ManualClock): void {
  describe("a log", () => {
    promise("keeps entries over a reopening, in their order", async (journal, reopen) => {
      await journal.append("posts", entries(0, "a", "b"));
      await journal.append("posts", entries(0, "c"));
      const again = await reopen();
      await again.append("posts", entries(0, "d"));
      expect(await readKeys(again, "posts", 0)).toEqual(["a", "b", "c", "d"]);
    });

    promise("gives an entry back as it came, with its stamp", async (journal, reopen) => {
      const value = JSON.stringify({ text: 'broken \ud800, right to left \u202e, \u0000, "quotes" and 🧳' });
      await journal.append("posts", [{ key: "mastodon:a.example/1#0", partition: 3, value }]);
      const [entry] = await readAll(await reopen(), "posts", 3);
      expect(entry).toMatchObject({ key: "mastodon:a.example/1#0", partition: 3, value, appendedAt: clock.now() });
    });

    promise("keeps partitions and logs apart", async (journal) => {
      await journal.append("posts", [...entries(0, "a"), ...entries(1, "b")]);
      await journal.append("replies", entries(0, "a"));
      expect(await readKeys(journal, "posts", 0)).toEqual(["a"]);
      expect(await readKeys(journal, "posts", 1)).toEqual(["b"]);
      expect(await readKeys(journal, "replies", 0)).toEqual(["a"]);
    });

    promise(
      "skips a key that it has seen: in one call, in racing calls, after a reopening",
      async (journal, reopen) => {
        await journal.append("posts", [...entries(0, "a", "a"), { key: "a", partition: 1, value: "other" }]);
        await Promise.all(Array.from({ length: 20 }, () => journal.append("posts", entries(0, "b", "c"))));
        const again = await reopen();
        await again.append("posts", entries(0, "c", "d"));
        expect(await readKeys(again, "posts", 0)).toEqual(["a", "b", "c", "d"]);
        expect(await readAll(again, "posts", 1)).toEqual([]);
      },
    );

    promise("has two tracks for each of its partitions", async (journal) => {
      await journal.append("posts", entries(2 * journal.partitions - 1, "last"));
      expect(await readKeys(journal, "posts", 2 * journal.partitions - 1)).toEqual(["last"]);
      for (const partition of [2 * journal.partitions, -1, 0.5]) {
        await expect(journal.append("posts", entries(partition, "x"))).rejects.toThrow(RangeError);
      }
    });

    promise("appends all or nothing", async (journal) => {
      const misplaced = { key: "z", partition: 1_000, value: "" };
      await expect(journal.append("posts", [...entries(0, "a"), misplaced])).rejects.toThrow();
      expect(await readAll(journal, "posts", 0)).toEqual([]);
    });

    promise("hands out pages of the asked size, from after a seq", async (journal) => {
      await journal.append("posts", entries(0, "a", "b", "c", "d", "e"));
      const [, second] = await readAll(journal, "posts", 0);
      const pages = await readPages(journal, { partition: 0, after: second?.seq ?? 0, max: 2 }, 2);
      expect(pages.map((page) => page.map(({ key }) => key))).toEqual([["c", "d"], ["e"]]);
    });

    promise("wakes a reader that waits, for its own partition only", async (journal) => {
      const mine = readPages(journal, { partition: 1, after: 0, max: 10 }, 1);
      await journal.append("posts", entries(0, "not mine"));
      await journal.append("posts", entries(1, "mine"));
      expect((await mine).flat().map(({ key }) => key)).toEqual(["mine"]);
    });

    promise("ends a tail when it is aborted: before it began, waiting, and between two pages", async (journal) => {
      await journal.append("posts", entries(0, "a", "b"));
      expect(await drain(journal.tail("posts", 0, 0, 1, AbortSignal.abort()), () => undefined)).toEqual([]);

      const waiting = new AbortController();
      const nothing = drain(journal.tail("posts", 1, 0, 1, waiting.signal), () => undefined);
      waiting.abort();
      expect(await nothing).toEqual([]);

      const reading = new AbortController();
      expect(await drain(journal.tail("posts", 0, 0, 1, reading.signal), () => reading.abort())).toEqual(["a"]);
    });

    promise("ends the tails that wait when it is closed", async (journal, reopen) => {
      const waiting = drain(journal.tail("posts", 0, 0, 10, new AbortController().signal), () => undefined);
      await reopen();
      expect(await waiting).toEqual([]);
    });

    promise("reads again what was appended since a time, of all partitions, oldest first", async (journal, reopen) => {
      await journal.append("posts", entries(0, "old"));
      clock.advance(2 * 3_600_000);
      const from = clock.now();
      await journal.append("posts", [...entries(1, "a"), ...entries(0, "b")]);
      await journal.append("decisions", entries(0, "not this log"));
      clock.advance(1);
      await journal.append("posts", entries(2, ...Array.from({ length: 2_500 }, (_, index) => `c${index}`)));
      const again = await reopen();
      const keys: string[] = [];
      for await (const page of again.since("posts", from)) {
        if (keys.length === 0) await again.append("posts", entries(0, "too late"));
        keys.push(...page.map(({ key }) => key));
      }
      expect(keys.slice(0, 3)).toEqual(["a", "b", "c0"]);
      expect(keys).toHaveLength(2_502);
      clock.advance(1);
      expect(await drain(again.since("posts", clock.now()), () => undefined)).toEqual([]);
    });

    promise("finds an entry by its key", async (journal) => {
      await journal.append("posts", entries(2, "a", "b"));
      expect(await journal.find("posts", "b")).toMatchObject({ key: "b", partition: 2, value: "value of b" });
      expect(await journal.find("posts", "c")).toBeUndefined();
      expect(await journal.find("replies", "b")).toBeUndefined();
    });

    promise("lists a key's versions, the emptied ones too", async (journal) => {
      await journal.append("posts", entries(4, "p/1#1700", "p/1#gone", "p/12#0"));
      await journal.append("posts", entries(2, "p/1#0"));
      await journal.append("decisions", entries(2, "p/1#1"));
      await journal.erase("p/1#1700");
      const found = await journal.versions("posts", "p/1");
      expect(found.map(({ key, partition, value }) => [key, partition, value])).toEqual([
        ["p/1#1700", 4, ""],
        ["p/1#0", 2, "value of p/1#0"],
      ]);
      expect(await journal.versions("posts", "p/3")).toEqual([]);
    });

    promise("erases a key's value in every log, with its versions, and keeps the places", async (journal, reopen) => {
      await journal.append("posts", entries(0, "p/1#0", "p/1#1700", "p/1#gone", "p/12#0", "p/1"));
      await journal.append("decisions", entries(0, "p/1#0", "p/2#0"));
      await journal.erase("p/1");
      const again = await reopen();
      const left = (await readAll(again, "posts", 0)).map(({ value }) => value);
      expect(left).toEqual(["", "", "value of p/1#gone", "value of p/12#0", ""]);
      expect((await readAll(again, "decisions", 0)).map(({ value }) => value)).toEqual(["", "value of p/2#0"]);
      await again.append("posts", entries(0, "p/1#0"));
      expect(await again.find("posts", "p/1#0")).toMatchObject({ value: "" });
    });
  });
}
