import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import { openSqliteJournal } from "../journal/sqlite.ts";

let clock: ManualClock;
let shell: TestShell;
let target: string;

beforeEach(async () => {
  clock = manualClock();
  shell = await openTestShell(clock);
  target = join(shell.folder, "new.db");
  await using journal = await shell.openJournal();
  await journal.append("posts", [{ key: "a", partition: 3, value: "{}" }]);
  await journal.put("cursor/x", "{}", 0);
});
afterEach(() => shell[Symbol.asyncDispose]());

async function read(file: string) {
  await using journal = await openSqliteJournal({ file, clock });
  return { partitions: journal.partitions, entry: (await journal.find("posts", "a"))?.value };
}

describe("migrate-journal", () => {
  test("copies the journal and says what to write into the configuration", async () => {
    const { code, out, err } = await shell.run("migrate-journal", "--to", target, "--partitions", "64");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.split("\n")).toEqual([
      `1 entry, 0 digests of keys and 1 document of ${shell.journalFile} are in ${target} now, in 64 partitions, read again and whole.`,
      "Write into the configuration:",
      "",
      `  journal: ${target}`,
      "",
      `${shell.journalFile} stands as it was. Start no connector on it any more, and delete it as you delete backups.`,
    ]);
    expect(await read(target)).toEqual({ partitions: 64, entry: "{}" });
    expect(await read(shell.journalFile)).toEqual({ partitions: 16, entry: "{}" });
  });

  test("takes another journal, without a configuration", async () => {
    await rm(shell.configFile);
    const { code } = await shell.run("migrate-journal", "--from", shell.journalFile, "--to", target);
    expect(code).toBe(0);
    expect(await read(target)).toEqual({ partitions: 16, entry: "{}" });
  });

  test("while a connector runs, nothing is copied", async () => {
    await using connector = await shell.openJournal();
    await expect(shell.run("migrate-journal", "--to", target)).rejects.toThrow(/A connector has the journal .* open/u);
    expect(existsSync(target)).toBe(false);
    expect(await connector.find("posts", "a")).toBeDefined();
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ["no place", [], /--to is missing/u],
    ["no partitions", ["--partitions", "0"], /--partitions takes a whole number from 1 to 1024, not 0/u],
    ["too many", ["--partitions", "5000"], /--partitions takes a whole number/u],
    ["half of one", ["--partitions", "1.5"], /--partitions takes a whole number/u],
  ])("is refused with %s", async (_name, args, sentence) => {
    const to = _name === "no place" ? [] : ["--to", target];
    await expect(shell.run("migrate-journal", ...to, ...args)).rejects.toThrow(sentence);
    expect(existsSync(target)).toBe(false);
  });

  test("a place that cannot be is refused, without telling a password", async () => {
    const refusal = (...args: readonly string[]) => expect(shell.run("migrate-journal", ...args)).rejects;
    await refusal("--to", shell.journalFile).toThrow(/--to is the journal itself/u);
    await refusal("--to", "mysql://x").toThrow(/a file, or the address of a server/u);
    await refusal("--to", "postgres://u:hunter2@h/d").not.toThrow(/hunter2/u);
    await refusal("--to", "postgres://u:hunter2@h/d").toThrow(/EARSHOT_JOURNAL_PASSWORD/u);
    await refusal("--from", join(shell.folder, "none.db"), "--to", target).toThrow(/There is no journal/u);
    await writeFile(target, "Dear diary");
    await refusal("--to", target).toThrow(/There is a file .* already/u);
  });

  test("a server that cannot be reached is waited for by the operator", async () => {
    const { code, err } = await shell.run("migrate-journal", "--to", "postgres://u@127.0.0.1:1/d");
    expect({ code, err }).toEqual({
      code: 1,
      err: "The journal's database 127.0.0.1:1/d cannot be reached (ECONNREFUSED). Call it again when that is mended: it goes on from there.",
    });
  });
});

describe("backup", () => {
  test("copies the journal while the connector runs, and what comes later is not in it", async () => {
    await using journal = await shell.openJournal();
    const { code, out } = await shell.run("backup", target);
    expect(code).toBe(0);
    expect(out).toMatch(
      /new\.db \(\d+ KB\) holds 1 entry, 0 digests of keys and 1 document of .*, read again and whole/u,
    );
    expect(out).toMatch(/delete it after 35 days \(backupDays\)/u);
    await journal.append("posts", [{ key: "b", partition: 3, value: "{}" }]);
    expect(await read(target)).toEqual({ partitions: 16, entry: "{}" });
  });

  test("goes over nothing that is there", async () => {
    await writeFile(target, "Dear diary");
    await expect(shell.run("backup", target)).rejects.toThrow(/There is a file .* already/u);
    await expect(shell.run("backup")).rejects.toThrow(/FILE is missing/u);
    await expect(shell.run("backup", "postgres://u@h/d")).rejects.toThrow(/a backup is a file/u);
  });
});
