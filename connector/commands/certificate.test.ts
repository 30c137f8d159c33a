import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openTestShell, type TestShell } from "../../test/fakes/shell.ts";
import { toTestPost } from "../../test/fakes/posts.ts";
import type { Place } from "../crm/crm.ts";
import { Unavailable } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import { toDeletedEvent, toPostEvent, type PostEvent } from "../model/post.ts";
import type { Source } from "../sources/source.ts";
import { markEmptied, markGone } from "../tombstones.ts";
import type { Certificate } from "./certificate/certificate.ts";

const WORDS = "my suitcase never arrived";
const GONE_AT = "2026-03-02T08:30:00.000Z";
const post = toTestPost("109", "anna", { text: WORDS });
const TOMBSTONE: Place = { where: "Social Post a01", holds: "nothing", detail: "A tombstone" };

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

async function hear(...events: readonly PostEvent[]): Promise<void> {
  const items = events.map((event) => ({ key: event.key, partition: 3, value: JSON.stringify(event) }));
  await journal.append("posts", items);
}

/** What the connector does about a deletion. */
async function erase(): Promise<void> {
  await hear(toDeletedEvent(post.key, GONE_AT));
  await markGone(journal, post.key, GONE_AT);
  await journal.erase(post.key);
}

const crmSays = (...places: readonly Place[]): void => {
  shell.crm.inspect = () => Promise.resolve(places);
};

/** The network of the tests is the one of the only account. */
const networkSays = (event: PostEvent | undefined): void => {
  const source: Partial<Source> = {
    ...shell.source,
    recheck: async function* () {
      yield await Promise.resolve(event === undefined ? [] : [event]);
    },
  };
  shell.visit.source = () => Promise.resolve(source as Source & AsyncDisposable);
};

async function certify(...args: readonly string[]): Promise<{ code: number; certificate: Certificate }> {
  const { code, out } = await shell.run("certificate", ...args, "--json");
  expect(out).not.toContain(WORDS);
  return { code, certificate: JSON.parse(out) as Certificate };
}

test("a post that was deleted and erased is gone everywhere, but for backups until their day", async () => {
  await hear(toPostEvent(post), toPostEvent({ ...post, version: 1_772_440_000_000 }));
  await journal.append("decisions", [{ key: `${post.key}#0/recorded`, partition: 3, value: '{"outcome":"recorded"}' }]);
  await erase();
  crmSays(TOMBSTONE);
  const { code, certificate } = await certify(post.key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 0, outcome: "gone" });
  expect(certificate.verdict).toMatch(/^Gone .*; backups until 2026-04-06$/);
  expect(certificate.goneAt).toBe(GONE_AT);
  const rooms = certificate.places.map(({ room, holds }) => `${room} ${holds}`);
  expect(new Set(rooms)).toEqual(
    new Set(["journal nothing", "CRM nothing", "CRM later", "logs nothing", "backups later"]),
  );
  // Two versions, the deletion, the decision; the mark of the deletion.
  expect(rooms.filter((room) => room === "journal nothing")).toHaveLength(5);
});

test("backups are reckoned from the day when the text went from the journal", async () => {
  await hear(toPostEvent(post));
  await erase();
  await markEmptied(journal, post.key, "2026-03-10T09:00:00.000Z");
  crmSays(TOMBSTONE);
  expect((await certify(post.key)).certificate.verdict).toMatch(/backups until 2026-04-14$/);
});

test("what the journal still holds is told with its place", async () => {
  await hear(toPostEvent(post));
  await markGone(journal, post.key, GONE_AT);
  crmSays(TOMBSTONE);
  const { code, certificate } = await certify(post.key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 1, outcome: "there" });
  expect(certificate.verdict).toMatch(/^STILL THERE: journal: log posts, entry 1 /);
});

test("what the CRM still holds is told with its place", async () => {
  await hear(toPostEvent(post));
  await erase();
  crmSays(TOMBSTONE, { where: "Case 500X", holds: "words", detail: "Description" });
  const { code, certificate } = await certify(post.key);
  expect(code).toBe(1);
  expect(certificate.verdict).toMatch(/^STILL THERE: CRM: Case 500X/);
});

describe("the network", () => {
  const mastodonPost = { ...post, key: "mastodon:social.example/109" };

  beforeEach(async () => {
    await hear(toPostEvent(mastodonPost), toDeletedEvent(mastodonPost.key, GONE_AT));
    await markGone(journal, mastodonPost.key, GONE_AT);
    await journal.erase(mastodonPost.key);
    crmSays(TOMBSTONE);
  });

  test("that shows it no longer", async () => {
    networkSays(toDeletedEvent(mastodonPost.key, GONE_AT));
    const { code, certificate } = await certify(mastodonPost.key);
    expect(code).toBe(0);
    expect(certificate.verdict).toBe("Gone everywhere; backups until 2026-04-06");
  });

  test("that still shows it", async () => {
    networkSays(toPostEvent(mastodonPost));
    const { code, certificate } = await certify(mastodonPost.key);
    expect(code).toBe(1);
    expect(certificate.verdict).toMatch(/^STILL THERE: network: test, as nordwind@social\.example sees it/);
  });

  test.each([
    ["does not tell", () => networkSays(undefined)],
    ["does not answer", () => (shell.visit.source = () => Promise.reject(new Unavailable("It does not answer")))],
  ])("that %s is named, and what is ours is certified", async (_name, play) => {
    play();
    const { code, certificate } = await certify(mastodonPost.key);
    expect(code).toBe(0);
    expect(certificate.verdict).toMatch(/^Gone from the journal and the CRM \(its network could not be asked\)/);
  });
});

test("a CRM that does not answer leaves it uncertain", async () => {
  await hear(toPostEvent(post));
  await erase();
  shell.visit.crm = () => Promise.reject(new Unavailable("Salesforce cannot be reached"));
  const { code, certificate } = await certify(post.key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 1, outcome: "uncertain" });
});

test("a post that nobody deleted stands, and is told where", async () => {
  await hear(toPostEvent(post));
  crmSays({ where: "Social Post a01", holds: "words", detail: "Text" });
  const { code, certificate } = await certify(post.key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 1, outcome: "stands" });
  expect(certificate.places.some(({ room }) => room === "backups")).toBe(false);
});

test("a post that only its trimmed key is known of is not held", async () => {
  await hear(toPostEvent(post));
  await journal.trim("posts", { values: "2030-01-01T00:00:00.000Z", keys: "2020-01-01T00:00:00.000Z" });
  const { code, certificate } = await certify(post.key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 0, outcome: "not held" });
});

test("a key that nobody knows, and one that another begins with, are unknown", async () => {
  await hear(toPostEvent(post));
  await journal.put("parked/posts/1", JSON.stringify({ key: `${post.key}#0` }), 0);
  const key = post.key.slice(0, -1);
  const { code, certificate } = await certify(key);
  expect({ code, outcome: certificate.outcome }).toEqual({ code: 1, outcome: "unknown" });
});

test("documents that name it are listed", async () => {
  await hear(toPostEvent(post));
  await erase();
  await journal.put("parked/posts/1", JSON.stringify({ key: `${post.key}#0`, reason: "bug" }), 0);
  await journal.put("reply/a02/1", JSON.stringify({ verdict: { status: "Sent", post: post.key } }), 0);
  const { certificate } = await certify(post.key);
  const named = certificate.places.map(({ where }) => where).filter((where) => where.startsWith("document"));
  expect(named).toEqual([`document gone/${post.key}`, "document parked/posts/1", "document reply/a02/1"]);
});

describe("by its address", () => {
  test("while the journal holds it", async () => {
    await hear(toPostEvent(post));
    expect((await certify(String(post.url))).certificate.post).toBe(post.key);
  });

  test("when only its key is left", async () => {
    await hear(toPostEvent(post), toPostEvent(toTestPost("1109", "ben")));
    await erase();
    expect((await certify("https://social.example/@anna/109/")).certificate.post).toBe(post.key);
  });

  test("that nobody knows", async () => {
    const { code, err } = await shell.run("certificate", "https://social.example/@anna/4");
    expect(code).toBe(1);
    expect(err).toMatch(/No post with this address/);
  });

  test("that fits several posts names them", async () => {
    const other = "test:other.example/109";
    await hear(toPostEvent(post), toDeletedEvent(other, GONE_AT));
    await erase();
    const { code, err } = await shell.run("certificate", "https://social.example/@anna/109");
    expect(code).toBe(1);
    expect(err).toContain(other);
  });
});

test("--html writes a page that needs nothing else, and in which nothing is markup that was none", async () => {
  await hear(toPostEvent(post));
  await erase();
  crmSays({ where: "Case <script>alert(1)</script>", holds: "nothing", detail: "Tombstone" });
  const file = join(shell.folder, "proof.html");
  expect((await shell.run("certificate", post.key, "--html", file)).code).toBe(0);
  const page = await readFile(file, "utf8");
  expect(page).toContain(post.key);
  expect(page).toMatch(/backups until 2026-04-06/);
  expect(page).not.toMatch(/<script|https?:\/\//);
});

test("for people it is a table and a verdict in the last line", async () => {
  await hear(toPostEvent(post));
  await erase();
  crmSays(TOMBSTONE);
  const { out } = await shell.run("certificate", post.key);
  expect(out).toMatch(/^Post {7}test:social\.example\/109$/m);
  expect(out).toMatch(/^CRM +Social Post a01 +nothing +A tombstone$/m);
  expect(out.split("\n").at(-1)).toMatch(/^Gone /);
});

test("without a key it says how it is called", async () => {
  await expect(shell.run("certificate")).rejects.toThrow(/of which post[^]*Usage: earshot certificate KEY/);
});
