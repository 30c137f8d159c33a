import type { mastodon } from "masto";
import { get } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

type Notice = mastodon.v1.Notification;

/** A company that ten customers' posts have named, and the ids of its ten notifications, newest first. */
async function openBusyInbox() {
  const network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  for (let n = 0; n < 10; n += 1) await anna.rest.v1.statuses.create({ status: `@nordwind ${n}` });
  const ids = (await company.rest.v1.notifications.list()).map(({ id }) => id);
  return { network, company, anna, ids, [Symbol.asyncDispose]: () => network.close() };
}

const toIds = (notices: Notice[]) => notices.map(({ id }) => id);

test("pages follow each other from the newest to the oldest, each once", async () => {
  await using inbox = await openBusyInbox();

  const pages: string[][] = [];
  for await (const page of inbox.company.rest.v1.notifications.list({ limit: 4 })) pages.push(toIds(page));

  expect(inbox.ids).toEqual([...inbox.ids].sort().reverse());
  expect(pages.map((page) => page.length)).toEqual([4, 4, 2]);
  expect(pages.flat()).toEqual(inbox.ids);
});

test("since_id takes the newest page after an id, min_id the one next to it, and going on upwards misses none", async () => {
  await using inbox = await openBusyInbox();
  const { ids, company } = inbox;
  const oldest = ids.at(-1) ?? "";

  const newest = await company.rest.v1.notifications.list({ sinceId: oldest, limit: 4 });
  const next = await company.rest.v1.notifications.list({ minId: oldest, limit: 4 });
  const upwards: string[] = [];
  for await (const page of company.rest.v1.notifications.list({ minId: "0", limit: 3 }).setDirection("prev")) {
    upwards.push(...toIds(page).reverse());
  }

  expect(toIds(newest)).toEqual(ids.slice(0, 4));
  expect(toIds(next)).toEqual(ids.slice(-5, -1));
  expect(upwards).toEqual([...ids].reverse());
});

test("the Link header keeps the filters, and has no next page after the last", async () => {
  await using inbox = await openBusyInbox();
  const address = `${inbox.network.url}/api/v1/notifications`;
  const token = inbox.company.token;
  const ask = async (query: string) => {
    const { headers, body } = await get<Notice[]>(`${address}?${query}`, { token });
    return { link: headers.get("link"), count: body.length };
  };

  const full = await ask("limit=10&types[]=mention");
  const part = await ask("limit=11");
  const none = await ask("types[]=favourite");

  const next = new URL(/<([^>]+)>; rel="next"/.exec(full.link ?? "")?.[1] ?? "");
  expect(next.searchParams.getAll("types[]")).toEqual(["mention"]);
  expect(next.searchParams.get("max_id")).toBe(inbox.ids.at(-1));
  expect(part.link).toContain('rel="prev"');
  expect(part.link).not.toContain('rel="next"');
  expect(none).toEqual({ link: null, count: 0 });
});

test("likes, passing on and following are told, each once, and can be filtered out", async () => {
  await using inbox = await openBusyInbox();
  const { company, anna } = inbox;
  const { id } = await company.rest.v1.statuses.create({ status: "Good morning" });

  for (let twice = 0; twice < 2; twice += 1) {
    await anna.rest.v1.statuses.$select(id).favourite();
    await anna.rest.v1.statuses.$select(id).reblog();
    await anna.rest.v1.accounts.$select(company.id).follow();
  }
  const others = await company.rest.v1.notifications.list({ excludeTypes: ["mention"] });

  expect(others.map(({ type }) => type)).toEqual(["follow", "reblog", "favourite"]);
});

test("what was dismissed does not come back, and nobody dismisses another's", async () => {
  await using inbox = await openBusyInbox();
  const { ids, company, anna } = inbox;
  const [first = "", second = ""] = ids;

  await company.rest.v1.notifications.$select(first).dismiss();

  await expect(anna.rest.v1.notifications.$select(second).dismiss()).rejects.toMatchObject({ statusCode: 404 });
  expect(toIds(await company.rest.v1.notifications.list())).toEqual(ids.slice(1));
});
