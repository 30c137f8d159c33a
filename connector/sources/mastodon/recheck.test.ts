import { pino } from "pino";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import type { PostEvent } from "../../model/post.ts";
import { toFixedToken } from "../token.ts";
import { openCannedServer } from "../../../test/fakes/canned-server.ts";
import type { Answer } from "../../../test/fakes/canned-server.ts";
import { CREDENTIALS, openClient } from "./client.ts";
import { mention, us } from "./fixtures/status.ts";
import { toReader } from "./reader.ts";
import { toRecheck } from "./recheck.ts";

const never = new AbortController().signal;
const edited = { ...mention, id: "1", edited_at: "2026-03-02T10:00:00.000Z" };
const no = (status: number): Answer => ({ status, body: '{"error":"No"}' });
const json = (body: unknown): Answer => ({ status: 200, body: JSON.stringify(body) });

interface Answers {
  readonly list: Answer;
  /** By id. */
  readonly single?: Readonly<Record<string, Answer>>;
  readonly credentials?: Answer;
}

/** Reads the posts 1 to 3 again on a server that answers so; tells the paths that it was asked for too. */
async function read({ list, single = {}, credentials = json({ id: "1", acct: "n", username: "n" }) }: Answers) {
  const paths: string[] = [];
  await using server = await openCannedServer((path) => {
    paths.push(path);
    if (path === CREDENTIALS) return credentials;
    if (path.startsWith("/api/v1/statuses?")) return list;
    return single[path.slice("/api/v1/statuses/".length)] ?? json({ ...mention, id: path.split("/").at(-1) });
  });
  const clock = manualClock();
  const ask = openClient({ url: server.url, token: toFixedToken("token"), remedy: "", clock });
  const recheck = toRecheck({ ask, us, read: toReader(us, clock, pino({ level: "silent" })), clock });
  const posts = ["1", "2", "3"].map((id) => ({ key: `mastodon:social.example/${id}`, version: 0 }));
  const done = new AbortController();
  const reading = Array.fromAsync(recheck(posts, never)).finally(() => done.abort());
  while (!done.signal.aborted) {
    await Promise.race([reading, clock.untilSleeping()]);
    clock.advance(1_500);
  }
  return { events: (await reading).flat().map(toShort), paths };
}

function toShort(event: PostEvent): string {
  return event.key.slice("mastodon:social.example/".length);
}

const rest = [
  { ...mention, id: "2" },
  { ...mention, id: "3" },
];

test("asks for all of them at once", async () => {
  const { events, paths } = await read({ list: json([edited, ...rest]) });
  expect(events).toEqual([`1#${Date.parse(edited.edited_at)}`]);
  expect(paths.map(decodeURIComponent)).toEqual(["/api/v1/statuses?id[]=1&id[]=2&id[]=3"]);
});

test.each([404, 405, 422])("asks one by one where a server answers %d to a list", async (status) => {
  const { events, paths } = await read({ list: no(status), single: { 1: json(edited), 2: no(404), 3: no(410) } });
  expect(events).toEqual([`1#${Date.parse(edited.edited_at)}`, "2#gone", "3#gone"]);
  expect(paths.filter((path) => path.startsWith("/api/v1/statuses/"))).toHaveLength(3);
});

test("believes a deletion only where it is told so of that very post", async () => {
  const single = { 1: no(404), 2: no(403), 3: json({ ...mention, id: "3" }) };
  expect((await read({ list: json([]), single })).events).toEqual(["1#gone"]);
});

test.each([
  { title: "is a stranger to it", credentials: json({ id: "9", acct: "x", username: "x" }) },
  { title: "may not ask who it is", credentials: no(403) },
])("believes no deletion of a network where our token $title", async ({ credentials }) => {
  expect((await read({ list: json([]), single: { 1: no(404) }, credentials })).events).toEqual([]);
});

test("passes over what makes no sense", async () => {
  const single = { 1: json("gone"), 2: json({ id: 2 }), 3: json({ ...edited, id: "7" }) };
  expect((await read({ list: json([null, "gone", { id: "2" }]), single })).events).toEqual([]);
});
