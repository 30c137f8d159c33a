import { status } from "@grpc/grpc-js";
import { manualClock, type ManualClock } from "../../../../test/fakes/manual-clock.ts";
import { until } from "../../../../test/fakes/until.ts";
import { Unavailable } from "../../../errors.ts";
import type { OpenSession } from "../connect.ts";
import { toFields } from "../fields.ts";
import { openCannedBus, type CannedBus, type CannedEvent } from "./fixtures/canned-bus.ts";
import { hearEvents, type EventsState } from "./hear-events.ts";

const US = "005000000000001AAA";
const HOUR_MS = 3_600_000;
const replayLost = "sfdc.platform.eventbus.grpc.subscription.fetch.replayid.corrupted";

let bus: CannedBus;
let clock: ManualClock;

beforeEach(async () => {
  bus = await openCannedBus();
  clock = manualClock();
});
afterEach(() => bus[Symbol.asyncDispose]());

/** Hears, as a connector does; what it told and kept is looked at. */
function hear({ kept, renew }: { readonly kept?: string; readonly renew?: () => Promise<void> } = {}) {
  const stop = new AbortController();
  const seen = { hints: 0, states: [] as EventsState[], kept, renewals: 0, worths: [] as string[] };
  let grant = { access_token: "token 1", instance_url: "https://org.example" };
  const session = {
    userId: US,
    get grant() {
      return grant;
    },
    async renew(stale: typeof grant) {
      seen.renewals += 1;
      await renew?.();
      if (stale === grant) grant = { ...grant, access_token: `token ${seen.renewals + 1}` };
    },
  } as unknown as OpenSession;
  const ended = hearEvents(
    {
      address: { endpoint: bus.endpoint, insecure: true },
      session,
      fields: toFields(""),
      orgId: "00D000000000001AAA",
      clock,
      listener: {
        onState: (state) => {
          if (seen.states.at(-1)?.state !== state.state) seen.states.push(state);
        },
        onEvent: (worth) => void seen.worths.push(worth),
        kept: () => Promise.resolve(seen.kept),
        keep: (place) => {
          seen.kept = place;
          return Promise.resolve();
        },
      },
      onHint: () => void (seen.hints += 1),
    },
    stop.signal,
  );
  return {
    seen,
    state: () => seen.states.at(-1),
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

const asKept = (replayId: string): string => Buffer.from(replayId).toString("base64");
const own: CannedEvent = { by: US, kind: "UPDATE", status: "Sending" };

test("what a rep queues calls for a look, what we write ourselves does not", async () => {
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11", own, own);
  bus.send("12", { status: "Draft" });
  bus.send("13", { status: "Queued" }, { status: "Queued" });
  await until(() => seen.worths.length === 5);
  expect(seen.hints).toBe(1);
  expect(bus.schemasAsked).toBe(1);
  await stop();
  expect(seen.kept).toBe(asKept("13"));
});

test("it goes on from where it stood, and begins with now where it never stood", async () => {
  const first = hear();
  await bus.untilBegun(1);
  bus.send("20", {});
  await until(() => first.seen.hints === 1);
  await first.stop();
  const second = hear({ kept: first.seen.kept ?? "" });
  await bus.untilBegun(2);
  expect(bus.begun).toEqual([
    { preset: "LATEST", replayId: "" },
    { preset: "CUSTOM", replayId: "20" },
  ]);
  await second.stop();
});

test("beginning with now calls for one look when it stands: what came before may have been missed", async () => {
  const { seen, state, stop } = hear();
  await bus.untilBegun(1);
  await clock.untilSleeping(5000);
  expect(seen.hints).toBe(0);
  clock.advance(5000);
  await until(() => seen.hints === 1);
  expect(state()).toMatchObject({ state: "connected" });
  await stop();
});

test("a place that is lost is forgotten, and it begins with now and a look", async () => {
  bus.refusals.subscribe.push({ code: status.INVALID_ARGUMENT, errorCode: replayLost });
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(2);
  expect(bus.begun.map(({ preset }) => preset)).toEqual(["CUSTOM", "LATEST"]);
  expect(seen.kept).toBeUndefined();
  await clock.untilSleeping(5000);
  clock.advance(5000);
  await until(() => seen.hints === 1);
  await stop();
});

test("a dropped stream is opened again after a while, from where it stood", async () => {
  const { seen, state, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11", {});
  await until(() => seen.hints === 1);
  bus.drop();
  await until(() => state()?.state === "waiting");
  clock.advance(await clock.untilSleeping(500));
  await bus.untilBegun(2);
  expect(bus.begun[1]).toEqual({ preset: "CUSTOM", replayId: "11" });
  await stop();
});

test("silence longer than the service ever keeps is a broken stream", async () => {
  const { seen, state, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11");
  await until(() => state()?.state === "connected");
  clock.advance(200_000);
  bus.send("12", own);
  await until(() => seen.worths.length === 1);
  clock.advance(200_000);
  bus.send("13", own);
  await until(() => seen.worths.length === 2);
  clock.advance(300_000);
  await until(() => state()?.state === "waiting");
  expect(state()?.detail).toMatch(/silent for 300 s/);
  await stop();
});

test("an expired token is renewed at once and the stream goes on", async () => {
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11", own);
  await until(() => seen.worths.length === 1);
  bus.drop({ code: status.UNAUTHENTICATED });
  await bus.untilBegun(2);
  expect([seen.renewals, bus.tokens]).toEqual([1, ["token 1", "token 2"]]);
  expect(bus.begun[1]).toEqual({ preset: "CUSTOM", replayId: "11" });
  await stop();
});

test("a renewed token that is refused too is no loop of logins", async () => {
  const refusal = { code: status.UNAUTHENTICATED, errorCode: "sfdc.platform.eventbus.grpc.service.auth.error" };
  bus.refusals.topic.push(refusal, refusal, refusal, refusal);
  const { seen, state, stop } = hear();
  await until(() => state()?.state === "refused");
  expect([seen.renewals, bus.tokens.length]).toEqual([1, 2]);
  expect(state()?.detail).toMatch(/just given/);
  clock.advance(await clock.untilSleeping());
  await until(() => bus.tokens.length === 4);
  expect(seen.renewals).toBe(2);
  await stop();
});

test("a login that cannot be had now is tried again", async () => {
  let fails = 1;
  bus.refusals.topic.push({ code: status.UNAUTHENTICATED }, { code: status.UNAUTHENTICATED });
  const renew = () => (fails-- > 0 ? Promise.reject(new Unavailable("no login now")) : Promise.resolve());
  const { seen, state, stop } = hear({ renew });
  await until(() => state()?.state === "waiting");
  expect(state()?.detail).toBe("no login now");
  clock.advance(await clock.untilSleeping(500));
  await bus.untilBegun(1);
  expect([seen.renewals, bus.tokens]).toEqual([2, ["token 1", "token 1", "token 3"]]);
  await stop();
});

describe("an org that does not let us hear", () => {
  test.each([
    ["which says so", () => (bus.canSubscribe = false)],
    ["by its status", () => bus.refusals.topic.push({ code: status.NOT_FOUND })],
    ["by our rights", () => bus.refusals.topic.push({ code: status.PERMISSION_DENIED })],
  ])("%s: the remedy is told once, and it is tried again in an hour", async (_name, order) => {
    order();
    const { seen, state, stop } = hear();
    await until(() => state()?.state === "refused");
    expect(state()?.detail).toMatch(/\/data\/Social_Reply__ChangeEvent/);
    expect(state()?.remedy).toMatch(/Change Data Capture/);
    expect(await clock.untilSleeping()).toBe(HOUR_MS);
    bus.canSubscribe = true;
    clock.advance(HOUR_MS);
    await bus.untilBegun(1);
    expect(seen.states.map((one) => one.state)).toEqual(["connecting", "refused"]);
    await stop();
  });
});

test("the daily limit of events used up: it stands back for a day, and does not ask for what was told meanwhile", async () => {
  const { seen, state, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.drop({ code: status.RESOURCE_EXHAUSTED, errorCode: "sfdc.platform.eventbus.grpc.subscription.limit.exceeded" });
  await until(() => state()?.state === "refused");
  expect(state()?.detail).toMatch(/daily limit of delivered events/);
  await until(() => seen.kept === undefined);
  expect(await clock.untilSleeping()).toBe(24 * HOUR_MS);
  clock.advance(24 * HOUR_MS);
  await bus.untilBegun(2);
  expect(bus.begun[1]?.preset).toBe("LATEST");
  await stop();
});

test("as many events as were taken are asked for, never more than a hundred under way", async () => {
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  const events = Array.from({ length: 60 }, () => own);
  bus.send("11", ...events);
  await until(() => seen.worths.length === 60 && bus.requested.length === 2);
  expect(bus.requested).toEqual([100, 60]);
  await stop();
});

test("a storm of events keeps its place now and then, not with each", async () => {
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11", own);
  await until(() => seen.kept === asKept("11"));
  bus.send("12", own);
  bus.send("13", own);
  await until(() => seen.worths.length === 3);
  expect(seen.kept).toBe(asKept("11"));
  clock.advance(10_000);
  bus.send("14", own);
  await until(() => seen.kept === asKept("14"));
  await stop();
});

test("a service that cannot be reached is waited for", async () => {
  await bus[Symbol.asyncDispose]();
  const { state, stop } = hear();
  await until(() => state()?.state === "waiting");
  expect(state()?.detail).toMatch(/cannot be reached/);
  await stop();
});

test("a journal that fails in an unforeseen way ends hearing, and nothing else", async () => {
  const states: EventsState[] = [];
  const broken = () => Promise.reject(new TypeError("broken"));
  const listener = { onState: (state: EventsState) => void states.push(state), kept: broken, keep: broken };
  const session = { grant: {}, userId: US } as unknown as OpenSession;
  const address = { endpoint: bus.endpoint, insecure: true };
  const rest = { fields: toFields(""), orgId: "00D", clock, onHint: () => undefined };
  await hearEvents({ address, session, listener, ...rest }, new AbortController().signal);
  expect(states.map(({ state }) => state)).toEqual(["refused"]);
});

test("a batch of the longest replies is read as any other", async () => {
  const { seen, stop } = hear({ kept: asKept("10") });
  await bus.untilBegun(1);
  bus.send("11", { status: `Queued${" ".repeat(9_000_000)}` });
  await until(() => seen.worths.length === 1);
  expect(seen).toMatchObject({ hints: 1, worths: ["waking"] });
  expect(seen.states.some(({ state }) => state === "refused")).toBe(false);
  await stop();
});
