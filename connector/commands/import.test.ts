import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { manualClock, type ManualClock } from "../../test/fakes/manual-clock.ts";
import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import { until } from "../../test/fakes/until.ts";
import { readCoverage } from "../coverage.ts";
import { Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { PostEvent } from "../model/post.ts";

/** Of the day of the tests' clock. */
const POST = {
  type: "posted",
  id: "1",
  kind: "review",
  postedAt: "2026-03-02T08:00:00Z",
  text: "Where is my bag?",
  author: { id: "7", handle: "anna" },
};

let clock: ManualClock;
let shell: TestShell;
let journal: Journal;

beforeEach(async () => {
  clock = manualClock();
  shell = await openTestShell(clock);
  configure([hook("shop")]);
  journal = await shell.openJournal();
});
afterEach(async () => {
  await journal[Symbol.asyncDispose]();
  await shell[Symbol.asyncDispose]();
});

const hook = (name: string) => ({ network: "webhook", name, secretEnv: "EARSHOT_HOOK" });

function configure(accounts: readonly unknown[]): void {
  const config = { journal: "journal.db", salesforce: { loginUrl: "https://example.my.salesforce.com" }, accounts };
  writeFileSync(shell.configFile, stringify(config));
  shell.environment["EARSHOT_HOOK"] = "whsec_x";
}

function write(name: string, content: string | Buffer): string {
  const file = path.join(shell.folder, name);
  writeFileSync(file, content);
  return file;
}

const lines = (...events: readonly unknown[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join("");

async function heard(): Promise<readonly PostEvent[]> {
  const events: PostEvent[] = [];
  for await (const page of journal.since("posts", "1970-01-01T00:00:00.000Z"))
    events.push(...page.map(({ value }) => JSON.parse(value) as PostEvent));
  return events;
}

async function posts() {
  return (await heard()).flatMap((event) => (event.type === "deleted" ? [] : [event.post]));
}

/** What the file beside the input says of the refused lines. */
function refusedOf(
  file: string,
): readonly { line: number; faults: { path: string; remedy: string }[]; raw?: string }[] {
  const content = readFileSync(`${file}.refused.jsonl`, "utf8").trimEnd();
  return content.split("\n").map((line) => JSON.parse(line) as ReturnType<typeof refusedOf>[number]);
}

describe("JSON lines", () => {
  test("come in as if they had been delivered, and once", async () => {
    const deletion = { type: "deleted", id: "0", at: "2026-03-01T10:00:00Z" };
    const file = write("past.jsonl", `\ufeff${lines(POST)}\n  \r\n${lines(deletion, { ...POST, id: "2" })}`);
    for (let n = 0; n < 2; n++) {
      const { code, out, err } = await shell.run("import", file);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(/^3 events of .*past\.jsonl taken, 0 lines refused\.$/);
    }
    expect((await heard()).map(({ key }) => key)).toEqual([
      "webhook:shop/1#0",
      "webhook:shop/0#gone",
      "webhook:shop/2#0",
    ]);
    expect((await posts())[0]).toMatchObject({ account: "webhook:shop/account", text: "Where is my bag?" });
    expect(existsSync(`${file}.refused.jsonl`)).toBe(false);
  });

  test("of history never go before what is said now", async () => {
    const file = write("past.jsonl", lines({ ...POST, postedAt: "2020-03-02T08:00:00Z" }, { ...POST, id: "2" }));
    await shell.run("import", file);
    const [old, recent] = await Promise.all(["1", "2"].map((id) => journal.find("posts", `webhook:shop/${id}#0`)));
    expect(old?.partition).toBeGreaterThanOrEqual(16);
    expect(recent?.partition).toBeLessThan(16);
  });

  test("that are refused are told by number, reason and remedy, and stand in a file of their own", async () => {
    const secret = "my card is 4242";
    const bad = [
      lines({ ...POST, id: undefined, text: secret }),
      lines(POST),
      `{"text": "${secret}"\n`,
      lines({ ...POST, kind: "shout", author: {} }),
    ].join("");
    const file = write("past.jsonl", bad);
    const { code, out, err } = await shell.run("import", file);
    expect(code).toBe(1);
    expect(out).toMatch(/^1 event of .* taken, 3 lines refused\.$/);
    expect(err.split("\n")).toEqual([
      "line 1: id is missing",
      "line 3: is not JSON: one event in one line",
      expect.stringMatching(/^line 4: kind must be post, /),
    ]);
    expect(refusedOf(file)).toMatchObject([
      { line: 1, faults: [{ path: "id", remedy: "is missing" }], raw: expect.stringContaining(secret) as string },
      { line: 3, faults: [{ path: "", remedy: expect.any(String) as string }] },
      { line: 4 },
    ]);
    expect(err + out).not.toContain(secret);
    expect(statSync(`${file}.refused.jsonl`).mode & 0o077).toBe(0);
    expect(await posts()).toHaveLength(1);

    // Mended, the file of refused lines goes.
    write("past.jsonl", lines(POST));
    expect((await shell.run("import", file)).code).toBe(0);
    expect(existsSync(`${file}.refused.jsonl`)).toBe(false);
  });

  test("by the thousand are told in a few lines", async () => {
    const file = write("past.jsonl", "{}\n".repeat(3000));
    const { out, err } = await shell.run("import", file);
    expect(out).toContain("3,000 lines refused");
    expect(err.split("\n")).toHaveLength(21);
    expect(refusedOf(file)).toHaveLength(3000);
  });

  test("that are too long or no UTF-8 cost themselves only", async () => {
    const long = JSON.stringify({ ...POST, text: "x".repeat(2 * 1024 * 1024) });
    const content = Buffer.concat([
      Buffer.from(`${long}\n`),
      Buffer.from('{"a": "\xff"}\n', "latin1"),
      Buffer.from(lines(POST)),
    ]);
    const { code, err } = await shell.run("import", write("past.jsonl", content));
    expect(code).toBe(1);
    expect(err).toMatch(/line 1: is longer than a megabyte\nline 2: is not UTF-8/);
    expect(await posts()).toHaveLength(1);
  });

  test("the last one needs no end", async () => {
    await shell.run("import", write("past.jsonl", lines(POST).trimEnd()));
    expect(await posts()).toHaveLength(1);
  });
});

describe("a table", () => {
  const HEADER = "id,kind,postedAt,author.id,author.handle,text";
  const row = (id: string, text: string): string => `${id},review,2026-03-02T08:00:00Z,7,anna,${text}`;

  test("names its columns; cells may hold commas, quotes and new lines", async () => {
    const content = [
      `\ufeff${HEADER},language`,
      `${row("1", '"Two hours late, and ""sorry"" is\nall\n\nyou say?"')},`,
      "",
      `${row("2", 'a 7" bag')},en`,
      `${row("3", '""')},`,
    ].join("\r\n");
    const file = write("past.csv", content);
    const { code, err } = await shell.run("import", file);
    expect({ code, err }).toEqual({ code: 1, err: "line 8: text is missing" });
    expect((await posts()).map(({ key, text, language }) => ({ key, text, language }))).toEqual([
      { key: "webhook:shop/1", text: 'Two hours late, and "sorry" is\nall\n\nyou say?', language: undefined },
      { key: "webhook:shop/2", text: 'a 7" bag', language: "en" },
    ]);
  });

  test("holds signals, edits and deletions too, and may be cut by semicolons", async () => {
    const content = [
      "type;id;kind;postedAt;editedAt;at;author.id;author.handle;text;signal.name;signal.facts.value;signal.facts.__proto__",
      ";c1;signal;2026-03-02T08:00:00Z;;;7;anna;;abandoned cart;129,90 EUR;x",
      "edited;1;review;2026-03-02T08:00:00Z;2026-03-02T08:10:00Z;;7;anna;Never mind;;;",
      "deleted;2;;;;2026-03-02T08:20:00Z;;;;;;",
    ].join("\n");
    const { code, err } = await shell.run("import", write("past.csv", content));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await heard()).toMatchObject([
      { type: "posted", post: { kind: "signal", text: "Abandoned cart: value 129,90 EUR." } },
      { type: "edited", post: { text: "Never mind" } },
      { type: "deleted", key: "webhook:shop/2#gone" },
    ]);
  });

  test("a slip costs one record", async () => {
    const content = [
      HEADER,
      row("1", '"never closed'),
      row("2", "fine"),
      row("3", '"closed" twice'),
      row("4", "fine"),
      "5",
    ];
    const { code, err } = await shell.run("import", write("past.csv", content.join("\n")));
    expect(code).toBe(1);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/^line 2: opens a quote that is not closed/),
      expect.stringMatching(/^line 4: has something behind a closing quote/),
      "line 6: has 1 cells, and there are 6 columns",
    ]);
    expect((await posts()).map(({ key }) => key)).toEqual(["webhook:shop/2", "webhook:shop/4"]);
  });

  test.each([
    ["id,kind,autor.id", /not known: autor\.id\. There are type, id/],
    ["id,id", /id is there twice/],
    ["[1, 2]", /not known/],
  ])("whose first line is %j is refused before anything is taken", async (header, told) => {
    await expect(shell.run("import", write("past.csv", `${header}\n${row("1", "x")}\n`))).rejects.toThrow(told);
    expect(await heard()).toEqual([]);
  });
});

describe("gaps", () => {
  const COMPLETE = { type: "heard-until", at: "2026-03-02T08:30:00Z" };

  async function filled(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of journal.list("")) keys.push(key);
    return keys.filter((key) => key.includes("2026-03-02T08:30:00.000Z"));
  }

  test("are closed by what says that it is all", async () => {
    await shell.run("import", write("past.jsonl", lines(POST, COMPLETE)));
    expect(await filled()).toHaveLength(1);
    expect(await readCoverage(journal)).toEqual([]);
  });

  test("stay open where lines were refused", async () => {
    const { err } = await shell.run("import", write("past.jsonl", lines(POST, {}, COMPLETE)));
    expect(err).toContain("No gap is closed");
    expect(await filled()).toEqual([]);
  });
});

test("where the disk is full it waits, and goes on by itself", async () => {
  let timesFull = 2;
  shell.visit.journal = () =>
    Promise.resolve({
      ...journal,
      append(log, items) {
        if (timesFull === 0) return journal.append(log, items);
        timesFull -= 1;
        return Promise.reject(new Unavailable("The disk has only 3 MB left", { retryAfterMs: 0 }));
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  const running = shell.run("import", write("past.jsonl", lines(POST)));
  let isDone = false;
  void running.finally(() => (isDone = true));
  await until(() => {
    clock.advance(500);
    return isDone;
  });
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err.match(/The disk has only 3 MB left/g)).toHaveLength(1);
  expect(await posts()).toHaveLength(1);
});

test("says when it is handed on, where no connector runs", async () => {
  await journal[Symbol.asyncDispose]();
  expect((await shell.run("import", write("past.jsonl", lines(POST)))).out).toContain("when the connector starts");
  journal = await shell.openJournal();
  expect(await posts()).toHaveLength(1);
});

test("asks which account, where there are several", async () => {
  const file = write("past.jsonl", lines(POST));
  configure([hook("shop"), hook("letters")]);
  await expect(shell.run("import", file)).rejects.toThrow("--account takes one of shop, letters");
  await expect(shell.run("import", file, "--account", "x")).rejects.toThrow("--account takes one of shop, letters");
  await shell.run("import", file, "--account", "letters");
  expect((await posts())[0]?.key).toBe("webhook:letters/1");
});

test.each([
  [[], /FILE is missing[^]*Usage: earshot import/],
  [["nothing.jsonl"], /nothing\.jsonl cannot be read/],
  [["."], /\. is no file/],
])("%j is answered with what to do", async (args, told) => {
  await expect(shell.run("import", ...args)).rejects.toThrow(told);
});

test("without an account of the network webhook it says how to get one", async () => {
  await using other = await openTestShell();
  await expect(other.run("import", write("past.jsonl", ""))).rejects.toThrow(/docs\/webhooks\.md/);
});
