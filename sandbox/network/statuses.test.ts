import { get, post } from "./test/ask.ts";
import { join, openTestNetwork } from "./test/member.ts";

test("a mention reaches the account, and the answer stands in the thread", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];

  const complaint = await anna.rest.v1.statuses.create({ status: "@nordwind my bag never arrived in Oslo" });
  const [notification] = await company.rest.v1.notifications.list({ types: ["mention"] });
  const answer = await company.rest.v1.statuses.create({ status: "@anna sorry!", inReplyToId: complaint.id });
  const context = await anna.rest.v1.statuses.$select(complaint.id).context.fetch();

  expect(notification?.status?.id).toBe(complaint.id);
  expect(notification?.status?.mentions).toMatchObject([{ id: company.id, acct: "nordwind" }]);
  expect(answer.inReplyToAccountId).toBe(anna.id);
  expect(context.descendants.map((status) => status.id)).toEqual([answer.id]);
});

test("a thread is told from the root down, each answer followed by its own", async () => {
  await using network = await openTestNetwork();
  const { rest } = await join(network, "anna");
  const say = async (status: string, inReplyToId?: string) =>
    (await rest.v1.statuses.create({ status, ...(inReplyToId && { inReplyToId }) })).id;
  const root = await say("root");
  const left = await say("left", root);
  const right = await say("right", root);
  const leaf = await say("leaf", left);

  const below = await rest.v1.statuses.$select(root).context.fetch();
  const above = await rest.v1.statuses.$select(leaf).context.fetch();

  expect(below.descendants.map(({ id }) => id)).toEqual([left, leaf, right]);
  expect(above.ancestors.map(({ id }) => id)).toEqual([root, left]);
});

test("only its author and whom it names can read a direct status", async () => {
  await using network = await openTestNetwork();
  const [company, anna, eve] = [
    await join(network, "nordwind"),
    await join(network, "anna"),
    await join(network, "eve"),
  ];
  const asked = await anna.rest.v1.statuses.create({ status: "@nordwind where is my bag?" });
  const secret = await anna.rest.v1.statuses.create({
    status: "@nordwind my address is 5 High Street",
    visibility: "direct",
    inReplyToId: asked.id,
  });

  const read = async (token?: string) => {
    const { status } = await get(`${network.url}/api/v1/statuses/${secret.id}`, token ? { token } : {});
    return status;
  };
  const eveSees = await eve.rest.v1.statuses.$select(asked.id).context.fetch();
  const companySees = await company.rest.v1.statuses.$select(asked.id).context.fetch();

  expect([await read(anna.token), await read(company.token), await read(eve.token), await read()]).toEqual([
    200, 200, 404, 404,
  ]);
  expect(eveSees.descendants).toEqual([]);
  expect(companySees.descendants).toHaveLength(1);
  expect(await eve.rest.v1.timelines.public.list()).toHaveLength(1);
  expect(await eve.rest.v1.accounts.$select(anna.id).statuses.list()).toHaveLength(1);
  expect((await eve.rest.v2.search.list({ q: "address", type: "statuses" })).statuses).toEqual([]);
  expect(await company.rest.v1.conversations.list()).toMatchObject([{ unread: true, accounts: [{ acct: "anna" }] }]);
});

test("several statuses are read at once, those that are there and may be read", async () => {
  await using network = await openTestNetwork();
  const [anna, eve] = [await join(network, "anna"), await join(network, "eve")];
  const ids: string[] = [];
  for (let n = 0; n < 18; n++) ids.push((await anna.rest.v1.statuses.create({ status: `number ${n}` })).id);
  const secret = await anna.rest.v1.statuses.create({ status: "to myself", visibility: "direct" });

  const seen = async ({ rest }: typeof anna) => (await rest.v1.statuses.fetch({ id: [...ids, secret.id, "7"] })).length;
  expect([await seen(anna), await seen(eve)]).toEqual([19, 18]);
});

test("an edit keeps the history and tells whom it names", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  const { id } = await anna.rest.v1.statuses.create({ status: "@nordwind bag lost in Olso" });

  const edited = await anna.rest.v1.statuses.$select(id).update({ status: "@nordwind bag lost in Oslo" });
  const history = await anna.rest.v1.statuses.$select(id).history.list();
  const notifications = await company.rest.v1.notifications.list();

  expect(Date.parse(edited.editedAt ?? "")).toBeGreaterThan(Date.parse(edited.createdAt));
  expect(history.map(({ content }) => content.includes("Olso"))).toEqual([true, false]);
  expect(notifications.map(({ type }) => type)).toEqual(["update", "mention"]);
});

test("an edit that takes a name out leaves the named a reader", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  const { id } = await anna.rest.v1.statuses.create({ status: "@nordwind hello", visibility: "direct" });

  await anna.rest.v1.statuses.$select(id).update({ status: "never mind" });

  expect((await company.rest.v1.statuses.$select(id).fetch()).mentions).toEqual([]);
});

test("a removed status is gone with its notification, and its answers stay", async () => {
  await using network = await openTestNetwork();
  const [company, anna] = [await join(network, "nordwind"), await join(network, "anna")];
  const { id } = await anna.rest.v1.statuses.create({ status: "@nordwind hello" });
  const answer = await company.rest.v1.statuses.create({ status: "Hello!", inReplyToId: id });

  await anna.rest.v1.statuses.$select(id).remove();

  const gone = await get(`${network.url}/api/v1/statuses/${id}`);
  expect([gone.status, gone.body]).toEqual([404, { error: "Record not found" }]);
  expect(await company.rest.v1.notifications.list()).toEqual([]);
  expect((await company.rest.v1.statuses.$select(answer.id).fetch()).inReplyToId).toBeNull();
});

test("nobody edits or removes what another said", async () => {
  await using network = await openTestNetwork();
  const [anna, eve] = [await join(network, "anna"), await join(network, "eve")];
  const { id } = await anna.rest.v1.statuses.create({ status: "mine" });

  await expect(eve.rest.v1.statuses.$select(id).update({ status: "yours" })).rejects.toMatchObject({ statusCode: 404 });
  await expect(eve.rest.v1.statuses.$select(id).remove()).rejects.toMatchObject({ statusCode: 404 });
  expect((await anna.rest.v1.statuses.$select(id).fetch()).content).toBe("<p>mine</p>");
});

test("an idempotency key makes one status within the hour, per account", async () => {
  let time = Date.parse("2026-11-22T12:00:00Z");
  await using network = await openTestNetwork({ now: () => time });
  const [anna, eve] = [await join(network, "anna"), await join(network, "eve")];
  const say = async (token: string) => {
    const headers = { "Idempotency-Key": "k1" };
    const json = { status: "hello" };
    return (await post<{ id: string }>(`${network.url}/api/v1/statuses`, { token, headers, json })).body.id;
  };

  const first = await say(anna.token);
  time += 59 * 60_000;
  expect(await say(anna.token)).toBe(first);
  expect(await say(eve.token)).not.toBe(first);
  time += 2 * 60_000;
  expect(await say(anna.token)).not.toBe(first);
});

test("ids grow even when the clock steps back", async () => {
  let time = Date.parse("2026-11-22T12:00:00Z");
  await using network = await openTestNetwork({ now: () => time });
  const { rest } = await join(network, "anna");
  const first = await rest.v1.statuses.create({ status: "one" });
  time -= 60_000;
  const second = await rest.v1.statuses.create({ status: "two" });

  expect(second.id > first.id).toBe(true);
  expect(second.id).toHaveLength(first.id.length);
});
