import { openEventOrg, replies, type EventOrg } from "../testing/open-event-org.ts";
import { Refused, type EventStream, type Subscriber } from "../testing/open-subscriber.ts";

let org: EventOrg;
let subscriber: Subscriber;

beforeEach(async () => {
  org = await openEventOrg();
  subscriber = org.subscriber("connector");
});

afterEach(async () => {
  await subscriber[Symbol.asyncDispose]();
  await org[Symbol.asyncDispose]();
});

const from = (replay_id: Buffer) =>
  ({ topic_name: replies, replay_preset: "CUSTOM", replay_id, num_requested: 10 }) as const;
const earliest = { topic_name: replies, replay_preset: "EARLIEST", num_requested: 10 } as const;
const latest = { topic_name: replies, replay_preset: "LATEST", num_requested: 10 } as const;

/** A stream that the org knows of. */
async function listening(request: object, by = subscriber): Promise<EventStream> {
  const stream = by.listen(request);
  for (let streams = 0; streams === 0;) {
    streams = ((await (await fetch(`${org.place.url}/sandbox/pubsub`)).json()) as { streams: number }).streams;
  }
  return stream;
}

async function refusal(stream: EventStream): Promise<{ status: number; errorCode: string }> {
  for (;;) {
    try {
      await stream.next();
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, errorCode: error.errorCode };
      throw error;
    }
  }
}

async function positions(count: number): Promise<Buffer[]> {
  const stream = subscriber.listen(earliest);
  const { events } = await stream.next();
  stream.close();
  expect(events).toHaveLength(count);
  return events.map((event) => event.replay_id);
}

test("LATEST tells what comes from now on, as soon as it is committed", async () => {
  await org.reply();
  const stream = await listening(latest);
  const id = await org.reply();
  const { events, pending_num_requested: pending } = await stream.next();
  expect(pending).toBe(9);
  const [event] = await Promise.all(events.map((each) => subscriber.read(each)));
  expect(event?.ChangeEventHeader).toMatchObject({ recordIds: [id] });
});

test("CUSTOM goes on after an event; replay ids rise and are not counted up", async () => {
  for (let n = 0; n < 3; n += 1) await org.reply();
  const [first = Buffer.alloc(0), second, third] = await positions(3);
  const numbers = [first, second, third].map((id) => Number(id?.readBigUInt64BE()));
  expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBeGreaterThan(1);
  expect((numbers[2] ?? 0) - (numbers[1] ?? 0)).toBeGreaterThan(1);
  const { events, latest_replay_id } = await subscriber.listen(from(first)).next();
  expect(events.map((event) => event.replay_id)).toEqual([second, third]);
  expect(latest_replay_id).toEqual(third);
});

test("no more is delivered than was asked for, and the rest when more is", async () => {
  for (let n = 0; n < 3; n += 1) await org.reply();
  const stream = subscriber.listen({ ...earliest, num_requested: 2 });
  expect(await stream.next()).toMatchObject({ events: [{}, {}], pending_num_requested: 0 });
  stream.request({ num_requested: 500 });
  expect(await stream.next()).toMatchObject({ events: [{}], pending_num_requested: 99 });
});

test("a sign of life says how far the bus has got, and one can go on from there", async () => {
  await org.reply();
  const stream = subscriber.listen(earliest);
  const { latest_replay_id: before } = await stream.next();
  await org.order("POST", "/sandbox/pubsub", { act: "keepalive" });
  const { events, latest_replay_id: after } = await stream.next();
  expect(events).toEqual([]);
  expect(Buffer.compare(after, before)).toBe(1);
  await org.reply();
  expect((await subscriber.listen(from(after)).next()).events).toHaveLength(1);
});

test("after 72 hours events are gone, and so is the place where one stood", async () => {
  await org.reply();
  const [old = Buffer.alloc(0)] = await positions(1);
  org.now += 71 * 3_600_000;
  await org.reply();
  expect((await subscriber.listen(from(old)).next()).events).toHaveLength(1);
  org.now += 3_600_000;
  expect(await refusal(subscriber.listen(from(old)))).toEqual({
    status: 3,
    errorCode: "subscription.fetch.replayid.corrupted",
  });
  await positions(1);
});

test.each([
  ["none", Buffer.alloc(0), "validation.failed"],
  ["too short", Buffer.from("abc"), "corrupted"],
  ["made up", Buffer.from("0000000004000001", "hex"), "corrupted"],
])("a replay id that is %s is refused", async (_, replayId, code) => {
  await org.reply();
  expect(await refusal(subscriber.listen(from(replayId)))).toEqual({
    status: 3,
    errorCode: `subscription.fetch.replayid.${code}`,
  });
});

test.each([
  [{ topic_name: "/data/CaseChangeEvent", num_requested: 1 }, 5, "topic.not.found"],
  [{ topic_name: "", num_requested: 1 }, 3, "topic.validation.empty"],
  [{ topic_name: replies, num_requested: 0 }, 3, "subscription.fetch.requested.events.invalid"],
])("%j is refused with %i %s", async (request, status, errorCode) => {
  expect(await refusal(subscriber.listen(request))).toEqual({ status, errorCode });
});

test("a stream keeps to its topic", async () => {
  const stream = await listening(earliest);
  stream.request({ topic_name: "/data/ChangeEvents", num_requested: 1 });
  expect(await refusal(stream)).toMatchObject({ errorCode: "subscription.fetch.topic.mismatch" });
});

test("whoever may not see all replies may not listen", async () => {
  await using rita = org.subscriber("rita");
  const refused = { status: 7, errorCode: "subscription.topic.cannot.subscribe" };
  expect(await refusal(rita.listen(earliest))).toEqual(refused);
});

test.each([
  [{ accesstoken: "" }, "service.auth.headers.invalid"],
  [{ instanceurl: "nowhere" }, "service.auth.headers.invalid"],
  [{ accesstoken: "00DSB0000000001!made.up" }, "service.auth.error"],
  [{ tenantid: "00D000000000000" }, "service.auth.error"],
])("headers %j are UNAUTHENTICATED", async (headers, errorCode) => {
  await using other = org.subscriber("connector", headers);
  expect(await refusal(other.listen(earliest))).toEqual({ status: 16, errorCode });
  await expect(other.ask("GetTopic", { topic_name: replies })).rejects.toMatchObject({ status: 16, errorCode });
});

describe("in mid-stream", () => {
  test("an ended session is UNAUTHENTICATED at once", async () => {
    const stream = await listening(latest);
    await org.order("DELETE", "/sandbox/sessions");
    expect(await refusal(stream)).toEqual({ status: 16, errorCode: "service.auth.error" });
  });

  test("a session that timed out is, with the next word; one that listens stays in use", async () => {
    const form = { grant_type: "client_credentials", client_id: "sandbox", client_secret: "sandbox" };
    const login = { method: "POST", body: new URLSearchParams(form) };
    const granted = await fetch(`${org.place.url}/services/oauth2/token`, login);
    const { access_token: accesstoken } = (await granted.json()) as { access_token: string };
    await using timed = org.subscriber("connector", { accesstoken });
    const stream = await listening(latest, timed);
    for (let hours = 0; hours < 6; hours += 1) {
      org.now += 3_600_000;
      await org.order("POST", "/sandbox/pubsub", { act: "keepalive" });
      expect((await stream.next()).events).toEqual([]);
    }
    org.now += 2 * 3_600_000;
    await org.reply();
    expect(await refusal(stream)).toEqual({ status: 16, errorCode: "service.auth.error" });
  });

  test.each([
    ["drop", undefined],
    ["end", "service.unavailable"],
  ])("%s is UNAVAILABLE, and nothing is missed after it", async (act, errorCode) => {
    const stream = await listening(earliest);
    await org.reply();
    const { latest_replay_id: at } = await stream.next();
    await org.order("POST", "/sandbox/pubsub", { act });
    expect(await refusal(stream)).toEqual({ status: 14, errorCode: errorCode ?? "" });
    await org.reply();
    await using again = org.subscriber("connector");
    expect((await again.listen(from(at)).next()).events).toHaveLength(1);
  });

  test("the day's deliveries can be used up", async () => {
    await org.order("POST", "/sandbox/limits", { dailyEventDeliveries: 1 });
    const stream = await listening(latest);
    await org.reply();
    expect((await stream.next()).events).toHaveLength(1);
    await org.reply();
    expect(await refusal(stream)).toEqual({ status: 8, errorCode: "subscription.limit.exceeded" });
    const limits = (await org.place.call("ada", "GET /limits")).body;
    expect(limits).toMatchObject({ DailyDeliveredPlatformEvents: { Max: 1, Remaining: 0 } });
  });
});

test("a silent bus says nothing until it speaks again", async () => {
  const stream = await listening(latest);
  await org.order("POST", "/sandbox/pubsub", { act: "mute" });
  await org.reply();
  await org.order("POST", "/sandbox/pubsub", { act: "keepalive" });
  await org.order("POST", "/sandbox/pubsub", { act: "unmute" });
  expect((await stream.next()).events).toHaveLength(1);
});

test("a gap is told without its fields; a bus that forgets knows no place any more", async () => {
  const id = await org.reply();
  const [at = Buffer.alloc(0)] = await positions(1);
  await org.order("POST", "/sandbox/pubsub", { act: "gap", id, type: "UPDATE" });
  const { events } = await subscriber.listen(from(at)).next();
  const [gap] = await Promise.all(events.map((each) => subscriber.read(each)));
  expect(gap).toMatchObject({ ChangeEventHeader: { changeType: "GAP_UPDATE", recordIds: [id] }, Status__c: null });
  await org.order("POST", "/sandbox/pubsub", { act: "forget" });
  expect(await refusal(subscriber.listen(from(at)))).toMatchObject({
    errorCode: "subscription.fetch.replayid.corrupted",
  });
});

test.each([
  ["503", 14, "service.unavailable"],
  ["expire", 16, "service.auth.error"],
  ["limit", 8, "subscription.limit.exceeded"],
  ["drop-before", 14, ""],
])("the fault %s strikes one call that it names", async (act, status, errorCode) => {
  await org.reply();
  await org.order("POST", "/sandbox/faults", [{ act: "503" }, { match: { path: "PubSub/Subscribe" }, act }] as object);
  await expect(subscriber.ask("GetTopic", { topic_name: replies })).resolves.toMatchObject({ topic_name: replies });
  expect(await refusal(subscriber.listen(earliest))).toEqual({ status, errorCode });
  await using again = org.subscriber("connector");
  expect((await again.listen(earliest).next()).events).toHaveLength(1);
});

test("drop-after delivers once and ends", async () => {
  await org.reply();
  await org.order("POST", "/sandbox/faults", [{ match: { path: "Subscribe" }, act: "drop-after" }] as object);
  const stream = subscriber.listen(earliest);
  expect((await stream.next()).events).toHaveLength(1);
  expect(await refusal(stream)).toMatchObject({ status: 14 });
});
