import { once } from "node:events";
import { request as toHttp, type ClientRequest, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { until } from "../../test/fakes/until.ts";
import { Misconfigured, Refused, Unavailable } from "../errors.ts";
import type { RawRequest } from "../sources/source.ts";
import { openHooks, type HookOutcome, type Hooks, type HooksOptions, type Taker } from "./hooks.ts";

const LONGEST = 1000;

let taker: Taker;
let outcomes: HookOutcome[];
let unforeseen: unknown[];
let hooks: Hooks;

beforeEach(async () => {
  taker = () => Promise.resolve(1);
  outcomes = [];
  unforeseen = [];
  hooks = await open();
});
afterEach(() => hooks[Symbol.asyncDispose]());

function open(changes: Partial<HooksOptions> = {}): Promise<Hooks> {
  return openHooks({
    host: "127.0.0.1",
    port: 0,
    longestBody: LONGEST,
    schema: { type: "object" },
    takers: new Map([["shop", (request: RawRequest) => taker(request)]]),
    onOutcome: (outcome) => outcomes.push(outcome),
    onUnforeseen: (error) => unforeseen.push(error),
    ...changes,
  });
}

async function send(body: string, path = "/shop", init: RequestInit = {}) {
  const response = await fetch(hooks.url + path, { method: "POST", body, ...init });
  return { status: response.status, body: (await response.json()) as unknown, headers: response.headers };
}

/** A request whose body the test writes itself. */
function begin(headers: OutgoingHttpHeaders = {}): ClientRequest {
  const sending = toHttp(`${hooks.url}/shop`, { method: "POST", headers });
  sending.on("error", () => undefined);
  return sending;
}

test("a delivery is answered when it is durable, and not before; its bytes come as they are", async () => {
  const durable = Promise.withResolvers<number>();
  const requests: RawRequest[] = [];
  taker = (request) => {
    requests.push(request);
    return durable.promise;
  };
  const sending = send('{"ä": 1} ', "/shop", { headers: { "Webhook-Id": "msg_1" } });
  await until(() => requests.length === 1);
  expect(outcomes).toEqual([]);
  durable.resolve(7);
  expect(await sending).toMatchObject({ status: 202, body: { status: "accepted", events: 7 } });
  expect(outcomes).toEqual(["taken"]);
  expect(Buffer.from(requests[0]?.body ?? []).toString()).toBe('{"ä": 1} ');
  expect(requests[0]?.headers["webhook-id"]).toBe("msg_1");
});

test("the form is shown", async () => {
  const response = await fetch(`${hooks.url}/schema`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ type: "object" });
});

test.each([
  ["POST", "/other"],
  ["POST", "/shop/x"],
  ["POST", ""],
  ["POST", "/schema"],
  ["GET", "/shop"],
  ["POST", "/__proto__"],
  ["POST", "/../hooks/%73hop"],
])("%s %s is not there, and nothing is read", async (method, path) => {
  const response = await fetch(hooks.url + path, { method, ...(method === "POST" ? { body: "x" } : {}) });
  expect(response.status).toBe(404);
  expect(outcomes).toEqual(["unknown"]);
});

test.each<readonly [string, Error, number, string | null, RegExp]>([
  ["refused", new Refused(401, "The signature does not fit."), 401, null, /The signature does not fit/],
  ["unavailable", new Unavailable("/var/lib/journal.db: the disk is full"), 503, "30", /send it again later/],
  ["unavailable", new Unavailable("busy", { retryAfterMs: 1500 }), 503, "2", /send it again later/],
  ["failed", new Error("SQLITE_MISUSE at /srv/earshot"), 500, null, /^\{"status":"failed"\}$/],
])("what is %s is told so, and nothing of how we are built", async (outcome, error, status, retryAfter, told) => {
  taker = () => Promise.reject(error);
  const answer = await send("x");
  expect(answer.status).toBe(status);
  expect(answer.headers.get("retry-after")).toBe(retryAfter);
  expect(JSON.stringify(answer.body)).toMatch(told);
  expect(JSON.stringify(answer.body)).not.toMatch(/journal\.db|srv/);
  expect(outcomes).toEqual([outcome]);
  expect(unforeseen).toEqual(outcome === "failed" ? [error] : []);
});

describe("a body that is too long", () => {
  test("is refused by what its header says", async () => {
    expect(await send("x".repeat(LONGEST + 1))).toMatchObject({ status: 413 });
    expect(await send("x".repeat(LONGEST))).toMatchObject({ status: 202 });
  });

  test("is refused while it comes, where its length is not told", async () => {
    taker = () => Promise.reject(new Error("It was taken"));
    const sending = begin();
    sending.write("x".repeat(LONGEST));
    sending.write("x");
    const [response] = (await once(sending, "response")) as [{ statusCode: number; resume(): void }];
    expect(response.statusCode).toBe(413);
    response.resume();
    sending.end("x".repeat(100 * LONGEST));
    await once(response as never, "end");
    expect(outcomes).toEqual(["refused"]);
  });
});

test("a sender that goes away in the middle leaves nothing behind", async () => {
  const sending = begin({ "content-length": 100 });
  sending.write("x");
  sending.flushHeaders();
  await once(sending, "socket");
  await until(() => sending.socket?.connecting === false);
  sending.destroy();
  await until(() => outcomes.length === 1);
  expect(outcomes).toEqual(["cut"]);
});

test("a sender that is too slow is cut off", async () => {
  await using slow = await open({ slowMs: 100 });
  const { hostname, port } = new URL(slow.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write("POST /hooks/shop HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx");
  await once(socket.resume(), "close");
  await until(() => outcomes.length === 1);
  expect(outcomes).toEqual(["cut"]);
});

test("more deliveries than can be held are asked to come again, and the others are not hurt", async () => {
  await using few = await open({ mostAtOnce: 2 });
  const durable = Promise.withResolvers<number>();
  let taken = 0;
  taker = () => {
    taken += 1;
    return durable.promise;
  };
  const post = () => fetch(`${few.url}/shop`, { method: "POST", body: "x" });
  const first = [post(), post()];
  await until(() => taken === 2);
  const third = await post();
  expect(third.status).toBe(503);
  expect(third.headers.get("retry-after")).toBe("1");
  durable.resolve(1);
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([202, 202]);
  expect((await post()).status).toBe(202);
  expect(outcomes).toEqual(["busy", "taken", "taken", "taken"]);
});

test.each(["Webhook-Id", "webhook-signature", "Content-Type", "content-encoding"])(
  "a header %s that comes twice is refused",
  async (name) => {
    const { hostname, port } = new URL(hooks.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST /hooks/shop HTTP/1.1\r\nHost: x\r\n${name}: a\r\n${name}: b\r\nContent-Length: 1\r\n\r\nx`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 [^]*came twice/);
    socket.destroy();
  },
);

test("a port that is taken is told as something to mend", async () => {
  const opening = open({ port: Number(new URL(hooks.url).port) });
  await expect(opening).rejects.toThrow(Misconfigured);
  await expect(opening).rejects.toThrow(/webhooks\.port/);
});

test("closing waits for what is being made durable", async () => {
  const durable = Promise.withResolvers<number>();
  let isTaken = false;
  taker = () => {
    isTaken = true;
    return durable.promise;
  };
  const sending = send("x").catch(() => "cut");
  await until(() => isTaken);
  let isClosed = false;
  const closing = hooks[Symbol.asyncDispose]().then(() => (isClosed = true));
  expect(await sending).toBe("cut");
  expect(isClosed).toBe(false);
  durable.resolve(1);
  await closing;
  hooks = await open();
});
