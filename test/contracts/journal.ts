import type { Entry, Journal, LogName, NewEntry } from "../../connector/journal/journal.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import type { ManualClock } from "../fakes/manual-clock.ts";

/** Where one journal lives: opened again and again, it is the same journal. */
export interface JournalPlace extends AsyncDisposable {
  open(clock: ManualClock): Promise<Journal>;
}

const never = new AbortController().signal;

/** What every journal promises. `skip` names tests that do not apply, each with its reason. */
export function journalContract(
  openPlace: () => Promise<JournalPlace>,
  skip: Readonly<Record<string, string>> = {},
): void {
  const clock = manualClock();

  /** A test with a journal of its own, which it may close and open again. */
  function promise(name: string, body: (journal: Journal, reopen: () => Promise<Journal>) => Promise<void>): void {
    const run = async (): Promise<void> => {
      await using place = await openPlace();
      let journal = await place.open(clock);
      const reopen = async (): Promise<Journal> => {
        await journal[Symbol.asyncDispose]();
        journal = await place.open(clock);
        return journal;
      };
      try {
        await body(journal, reopen);
      } finally {
        await journal[Symbol.asyncDispose]();
      }
    };
    if (name in skip) test.skip(`${name} (${skip[name] ?? ""})`, run);
    else test(name, run);
  }

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
      const waiting = drain(journal.tail("posts", 0, 0, 10, never), () => undefined);
      await reopen();
      expect(await waiting).toEqual([]);
    });

    promise("finds an entry by its key", async (journal) => {
      await journal.append("posts", entries(2, "a", "b"));
      expect(await journal.find("posts", "b")).toMatchObject({ key: "b", partition: 2, value: "value of b" });
      expect(await journal.find("posts", "c")).toBeUndefined();
      expect(await journal.find("replies", "b")).toBeUndefined();
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

  describe("a document", () => {
    promise("is written only by who knows its revision, and stays", async (journal, reopen) => {
      expect(await journal.put("d", "one", 0)).toBe(1);
      expect(await journal.put("d", "two", 0)).toBeUndefined();
      expect(await journal.put("d", "two", 1)).toBe(2);
      expect(await journal.put("d", "three", 1)).toBeUndefined();
      expect(await journal.put("absent", "x", 1)).toBeUndefined();
      const again = await reopen();
      expect(await again.get("d")).toEqual({ key: "d", value: "two", revision: 2 });
      expect(await again.get("absent")).toBeUndefined();
    });

    promise("has exactly one winner of a race, at its creation and later", async (journal) => {
      for (const revision of [0, 1, 2]) {
        const racers = Array.from({ length: 25 }, (_, racer) => journal.put("d", `racer ${racer}`, revision));
        const results = await Promise.all(racers);
        expect(results.filter((result) => result !== undefined)).toEqual([revision + 1]);
        const winner = results.findIndex((result) => result !== undefined);
        expect((await journal.get("d"))?.value).toBe(`racer ${winner}`);
      }
    });

    promise("is removed only by who knows its revision", async (journal) => {
      await journal.put("d", "one", 0);
      expect(await journal.remove("d", 2)).toBe(false);
      expect(await journal.remove("d", 1)).toBe(true);
      expect(await journal.remove("d", 1)).toBe(false);
      expect(await journal.put("d", "anew", 0)).toBe(1);
    });

    promise("is listed by its prefix, in the order of keys, as it stands at that moment", async (journal) => {
      for (const key of ["b/2", "a/1", "b/10", "b", "c/1", "b/%", "b/1"]) await journal.put(key, "x", 0);
      const listed: string[] = [];
      for await (const doc of journal.list("b/")) {
        listed.push(doc.key);
        if (doc.key === "b/1") await journal.remove("b/10", 1);
      }
      expect(listed).toEqual(["b/%", "b/1", "b/2"]);
    });
  });

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

/** Entries of these keys, with values to tell them apart. */
export function entries(partition: number, ...keys: readonly string[]): readonly NewEntry[] {
  return keys.map((key) => ({ key, partition, value: `value of ${key}` }));
}

/** All that stands in a partition now. */
export async function readAll(journal: Journal, log: LogName, partition: number): Promise<readonly Entry[]> {
  const stop = new AbortController();
  const tail = journal.tail(log, partition, 0, 10_000, stop.signal)[Symbol.asyncIterator]();
  const first = tail.next();
  // A whole round trip later, only a tail that found nothing is still waiting.
  await journal.get("any");
  stop.abort();
  const page = await first;
  return page.done === true ? [] : page.value;
}

async function readKeys(journal: Journal, log: LogName, partition: number): Promise<readonly string[]> {
  return (await readAll(journal, log, partition)).map(({ key }) => key);
}

async function readPages(
  journal: Journal,
  from: { partition: number; after: number; max: number },
  count: number,
): Promise<readonly (readonly Entry[])[]> {
  const pages: (readonly Entry[])[] = [];
  for await (const page of journal.tail("posts", from.partition, from.after, from.max, never)) {
    pages.push(page);
    if (pages.length === count) break;
  }
  return pages;
}

async function drain(tail: AsyncIterable<readonly Entry[]>, onPage: () => void): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const page of tail) {
    keys.push(...page.map(({ key }) => key));
    onPage();
  }
  return keys;
}
