import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import { toTestPost } from "../../test/fakes/posts.ts";
import { findDoubt } from "../doubts.ts";
import type { Journal, LogName } from "../journal/journal.ts";
import { toPostEvent } from "../model/post.ts";

const WORDS = "my suitcase never arrived";

let shell: TestShell;
let journal: Journal;

beforeEach(async () => {
  shell = await openTestShell();
  journal = await shell.openJournal();
});
afterEach(async () => {
  await journal[Symbol.asyncDispose]();
  await shell[Symbol.asyncDispose]();
});

/** An entry that the connector has set aside; its number. */
async function park(id: string, reason: string, log: LogName = "posts"): Promise<number> {
  const event = toPostEvent(toTestPost(id, "anna", { text: WORDS }));
  await journal.append(log, [{ key: event.key, partition: 3, value: JSON.stringify(event) }]);
  const seq = (await journal.find(log, event.key))?.seq ?? 0;
  const parked = { key: event.key, partition: 3, reason, detail: "Bad value for Priority", tries: 2 };
  await journal.put(`parked/${log}/${seq}`, JSON.stringify({ ...parked, at: "2026-03-02T08:00:00.000Z" }), 0);
  return seq;
}

async function read(seq: number, log: LogName = "posts"): Promise<Record<string, unknown> | undefined> {
  const doc = await journal.get(`parked/${log}/${seq}`);
  return doc === undefined ? undefined : (JSON.parse(doc.value) as Record<string, unknown>);
}

/** As if no connector ran. */
async function stop(): Promise<void> {
  await journal[Symbol.asyncDispose]();
}

describe("list", () => {
  test("says that nothing is parked", async () => {
    expect(await shell.run("parked", "list")).toEqual({ code: 0, out: "Nothing is parked.", err: "" });
  });

  test("shows what, why, and when it is tried next, and no text", async () => {
    const seq = await park("1", "FIELD_INTEGRITY_EXCEPTION");
    await park("2", "bug", "replies");
    const { code, out } = await shell.run("parked", "list");
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`posts\\s+${seq}\\s+FIELD_INTEGRITY_EXCEPTION\\s+2 .*2026-03-02T08:20.*test:social.example/1#0`),
    );
    expect(out).toMatch(/replies .*bug/);
    expect(out).not.toContain(WORDS);
    expect((await shell.run("parked", "list", "--log", "replies")).out).not.toMatch(/^posts/m);
  });

  test("as JSON, for scripts", async () => {
    const seq = await park("1", "bug");
    const { out } = await shell.run("parked", "list", "--json");
    expect(JSON.parse(out)).toEqual([
      {
        log: "posts",
        seq,
        key: "test:social.example/1#0",
        reason: "bug",
        detail: "Bad value for Priority",
        tries: 2,
        triedAt: "2026-03-02T08:00:00.000Z",
        nextTry: "2026-03-02T08:20:00.000Z",
      },
    ]);
  });

  test("says that nothing is tried before the next start where no connector runs", async () => {
    await park("1", "bug");
    await stop();
    expect((await shell.run("parked", "list")).out).toContain("at the next start");
  });
});

describe("show", () => {
  test("says what the entry is, and its words only where they are asked for", async () => {
    const seq = String(await park("1", "bug"));
    const { code, out } = await shell.run("parked", "show", seq);
    expect(code).toBe(0);
    for (const said of ["posted", "test:social.example/accounts/nordwind", "mention", "2026-03-01T10:00:00.000Z"])
      expect(out).toContain(said);
    expect(out).not.toContain(WORDS);
    expect((await shell.run("parked", "show", seq, "--text")).out).toContain(WORDS);
  });

  test("of an entry that was emptied says so", async () => {
    const seq = await park("1", "bug");
    await journal.erase("test:social.example/1");
    expect((await shell.run("parked", "show", String(seq), "--text")).out).toContain("emptied");
  });
});

describe("retry", () => {
  test("asks for one, and leaves what is known of it", async () => {
    const seq = await park("1", "bug");
    const other = await park("2", "bug");
    const { code, out } = await shell.run("parked", "retry", String(seq));
    expect({ code, out }).toEqual({ code: 0, out: "1 entry will be tried within seconds." });
    expect(await read(seq)).toMatchObject({ again: true, reason: "bug", tries: 2 });
    expect(await read(other)).not.toHaveProperty("again");
  });

  test("asks for all of one reason", async () => {
    const seqs = [await park("1", "bug"), await park("2", "locked"), await park("3", "bug")];
    const { out } = await shell.run("parked", "retry", "--all", "--reason", "bug");
    expect(out).toMatch(/^2 entries/);
    expect(await Promise.all(seqs.map(async (seq) => (await read(seq))?.["again"]))).toEqual([true, undefined, true]);
  });

  test("says when, where no connector runs", async () => {
    await park("1", "bug");
    await stop();
    expect((await shell.run("parked", "retry", "--all")).out).toMatch(/next start/);
  });

  test("wants to know which", async () => {
    await expect(shell.run("parked", "retry")).rejects.toThrow(/which ones[^]*Usage: earshot parked/);
    await expect(shell.run("parked", "retry", "7", "--all")).rejects.toThrow(/which ones/);
  });
});

describe("drop", () => {
  test("asks first", async () => {
    const seq = await park("1", "bug");
    const { code, err } = await shell.run("parked", "drop", String(seq));
    expect(code).toBe(1);
    expect(err).toContain("--yes");
    expect(await read(seq)).toBeDefined();
  });

  test("gives one up for good, and notes who did; its text stays", async () => {
    const seq = await park("1", "bug");
    expect((await shell.run("parked", "drop", String(seq), "--yes")).code).toBe(0);
    expect(await read(seq)).toBeUndefined();
    const note = await journal.find("decisions", "test:social.example/1#0/dropped");
    expect(JSON.parse(note?.value ?? "")).toMatchObject({ outcome: "dropped", by: "rita", reason: "bug" });
    expect((await journal.find("posts", "test:social.example/1#0"))?.value).toContain(WORDS);
  });

  test("of a post that a lost call may yet record leaves a mark, so that its deletion goes before that call", async () => {
    const seq = await park("1", "bug");
    const doc = await journal.get(`parked/posts/${seq}`);
    const doubted = { ...(JSON.parse(doc?.value ?? "") as object), inDoubt: true };
    await journal.put(`parked/posts/${seq}`, JSON.stringify(doubted), doc?.revision ?? 0);
    await shell.run("parked", "drop", String(seq), "--yes");
    expect(await findDoubt(journal, "test:social.example/1")).toBe(0);
  });

  test("--erase takes the text from the journal, too", async () => {
    const seq = await park("1", "bug");
    await shell.run("parked", "drop", String(seq), "--yes", "--erase");
    expect((await journal.find("posts", "test:social.example/1#0"))?.value).toBe("");
  });
});

test.each(["show", "retry", "drop"])("%s of one that is not parked fails", async (form) => {
  const { code, err } = await shell.run("parked", form, "4711", "--yes");
  expect({ code, err }).toEqual({ code: 1, err: "Nothing is parked under 4711" });
});

test.each([
  [["dance"], /what is to be done/],
  [["toString"], /what is to be done/],
  [["show"], /SEQ is missing/],
  [["show", "one"], /SEQ is a number/],
  [["list", "--log", "decisions"], /LOG is one of posts, replies, changes/],
])("%j is answered with the usage", async (args, sentence) => {
  await expect(shell.run("parked", ...args)).rejects.toThrow(sentence);
});

test("without a journal it says what to do", async () => {
  await using empty = await openTestShell();
  await expect(empty.run("parked", "list")).rejects.toThrow(/no journal .* Start the connector/);
});
