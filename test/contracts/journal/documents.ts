import type { Promised } from "./promised.ts";

/** What a journal promises of its documents. */
export function documentContract(promise: Promised): void {
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
      for (const key of ["b/2", "a/1", "b/10", "b", "b/ä", "c/1", "b/%", "b/a", "b/1", "b/Z"])
        await journal.put(key, "x", 0);
      const listed: string[] = [];
      for await (const doc of journal.list("b/")) {
        listed.push(doc.key);
        if (doc.key === "b/1") await journal.remove("b/10", 1);
      }
      expect(listed).toEqual(["b/%", "b/1", "b/2", "b/Z", "b/a", "b/ä"]);
    });
  });
}
