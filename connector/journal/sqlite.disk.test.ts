import { join } from "node:path";
import { readKeys } from "../../test/contracts/journal/reading.ts";
import { openDirectory } from "../../test/fakes/directory.ts";
import { manualClock } from "../../test/fakes/manual-clock.ts";
import { until } from "../../test/fakes/until.ts";
import { DiskTrouble } from "../errors.ts";
import { openSqliteJournal } from "./sqlite.ts";

describe("a disk that is nearly full", () => {
  const entry = { key: "a", partition: 0, value: "x" };

  test("takes nothing that is heard, but all that is needed to go on, until there is room again", async () => {
    await using directory = await openDirectory();
    const time = manualClock();
    let free = 1000;
    const told: (string | undefined)[] = [];
    await using journal = await openSqliteJournal({
      file: join(directory.path, "journal.db"),
      clock: time,
      leastFreeBytes: 500,
      freeBytes: () => free,
      onDisk: (trouble) => told.push(trouble),
    });
    await journal.append("posts", [entry]);
    free = 499;
    time.advance(1000);
    await expect(journal.append("posts", [{ ...entry, key: "b" }])).rejects.toThrow(DiskTrouble);
    await expect(journal.append("replies", [entry])).rejects.toThrow(/only 0 MB left. Free some: listening goes on/);
    await journal.append("decisions", [entry]);
    await journal.append("posts", [{ ...entry, key: "own" }], "consequence");
    expect(await journal.put("position/posts/0", '{"seq":1}', 0)).toBe(1);
    await journal.erase("a");
    await journal.trim("posts", { values: "2999-01-01T00:00:00.000Z", keys: "2000-01-01T00:00:00.000Z" });
    free = 249;
    time.advance(1000);
    await expect(journal.append("decisions", [{ ...entry, key: "c" }])).rejects.toThrow(DiskTrouble);
    await expect(journal.append("posts", [{ ...entry, key: "c" }], "consequence")).rejects.toThrow(DiskTrouble);

    free = 500;
    await expect(journal.append("posts", [{ ...entry, key: "b" }])).rejects.toThrow(DiskTrouble);
    time.advance(1000);
    await journal.append("posts", [{ ...entry, key: "b" }]);
    expect(await readKeys(journal, "posts", 0)).toEqual(["own", "b"]);
    expect(told).toEqual([expect.stringContaining("MB left"), undefined]);
  });

  test("is noticed within a second, and its end too, where nothing is appended", async () => {
    await using directory = await openDirectory();
    const time = manualClock();
    let free = 499;
    const told: (string | undefined)[] = [];
    await using journal = await openSqliteJournal({
      file: join(directory.path, "journal.db"),
      clock: time,
      leastFreeBytes: 500,
      freeBytes: () => free,
      onDisk: (trouble) => told.push(trouble),
    });
    await time.untilSleeping();
    time.advance(1000);
    await until(() => told.length === 1);
    free = 500;
    await time.untilSleeping();
    time.advance(1000);
    await until(() => told.length === 2);
    expect(told).toEqual([expect.stringContaining("MB left"), undefined]);
    expect(await readKeys(journal, "posts", 0)).toEqual([]);
  });

  test("is asked once a second at most, and by itself where nobody says how", async () => {
    await using directory = await openDirectory();
    const time = manualClock();
    let asked = 0;
    const freeBytes = (): number => (asked += 1) * 1e9;
    const file = join(directory.path, "journal.db");
    await using journal = await openSqliteJournal({ file, clock: time, leastFreeBytes: 1, freeBytes });
    for (let n = 0; n < 10; n++) await journal.append("posts", [{ ...entry, key: `k${n}` }]);
    expect(asked).toBe(1);
    const other = { file: join(directory.path, "other.db"), clock: time, leastFreeBytes: Number.MAX_SAFE_INTEGER };
    await using full = await openSqliteJournal(other);
    await expect(full.append("posts", [entry])).rejects.toThrow(DiskTrouble);
  });
});
