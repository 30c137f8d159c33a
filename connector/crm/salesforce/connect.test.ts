import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { openScratchJournal } from "../../../test/fakes/scratch-journal.ts";
import { until } from "../../../test/fakes/until.ts";
import { orderFaults } from "../../../test/contracts/crm/salesforce-place.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import { openBudget, openGate, type Gate, type Usage } from "../budget.ts";
import { openSession, type Session } from "./connect.ts";
import type { Login } from "./login.ts";
import { queryPath } from "./soql.ts";

const DAY_MS = 86_400_000;
const never = new AbortController().signal;
const secrets = { clientId: "sandbox", clientSecret: "sandbox" };
const look = [{ ref: "q", method: "GET", path: queryPath("SELECT Id FROM Organization") }] as const;

let org: TestOrg;

beforeAll(async () => {
  org = await openTestOrg();
}, 60_000);
afterAll(() => org[Symbol.asyncDispose]());
afterEach(() => fetch(`${org.url}/sandbox/faults`, { method: "DELETE" }));

const open = (change: Partial<Login> = {}, timeoutMs = 5000): Promise<Session> =>
  openSession({ login: { loginUrl: org.url, ...secrets, ...change }, budget: openGate, timeoutMs }, never);

const composite = { path: "/composite" };
const toUrl = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test("an expired session is renewed once, for all calls that met it", async () => {
  let logins = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith("/token") === true) {
      logins += 1;
      response.end(JSON.stringify({ access_token: `token ${logins}`, instance_url: toUrl(server) }));
    } else if (request.headers.authorization === "Bearer token 1") {
      response.writeHead(401).end(JSON.stringify([{ errorCode: "INVALID_SESSION_ID", message: "Session expired" }]));
    } else {
      response.end(JSON.stringify({ compositeResponse: [{ referenceId: "q", httpStatusCode: 200, body: {} }] }));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = await open({ loginUrl: toUrl(server) });
  const answers = await Promise.all([1, 2, 3].map(() => session.composite(look, never)));
  expect(answers.map((answer) => answer.get("q")?.status)).toEqual([200, 200, 200]);
  expect(logins).toBe(2);
  server.close();
  server.closeAllConnections();
});

test("a session that is refused again is Unavailable, not a loop", async () => {
  const session = await open();
  await orderFaults(org.url, [{ match: composite, times: 20, act: "expire" }]);
  await expect(session.composite(look, never)).rejects.toThrow(/session that it has just given/);
  await orderFaults(org.url, [{ match: composite, act: "503" }]);
});

test.each([
  ["503", /SERVER_UNAVAILABLE/, undefined],
  ["limit", /daily limit/, undefined],
  ["drop-before", /cannot be reached/, undefined],
  ["drop-after", /cannot be reached/, undefined],
])("%s is Unavailable, and asked for once only", async (act, sentence, retryAfterMs) => {
  const session = await open();
  await orderFaults(org.url, [{ match: composite, act }]);
  const failing = session.composite(look, never);
  await expect(failing).rejects.toThrow(sentence);
  await expect(failing).rejects.toMatchObject({ name: "Unavailable", retryAfterMs });
  expect((await session.composite(look, never)).get("q")?.status).toBe(200);
});

test("what answers in the org's place is waited for", async () => {
  const server = createServer((request, response) => {
    const url = `${toUrl(server)}/`;
    const isLogin = request.url?.endsWith("/token") === true;
    response.end(
      isLogin ? JSON.stringify({ access_token: "token", instance_url: url }) : "<html>We are back soon</html>",
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const session = await open({ loginUrl: toUrl(server) });
  await expect(session.composite(look, never)).rejects.toMatchObject({ name: "Unavailable" });
  server.close();
  server.closeAllConnections();
});

test("what is not answered in time is Unavailable", async () => {
  // The login has to come within it, too, on a busy machine.
  const session = await open({}, 1000);
  await orderFaults(org.url, [{ match: composite, act: "hold" }]);
  await expect(session.composite(look, never)).rejects.toThrow(Unavailable);
});

test("an aborted call is over at once", async () => {
  const session = await open();
  await orderFaults(org.url, [{ match: composite, act: "hold" }]);
  const stop = new AbortController();
  const call = session.composite(look, stop.signal);
  stop.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
  await expect(session.composite(look, stop.signal)).rejects.toThrow("enough");
});

describe("the budget", () => {
  const login = (): Login => ({ loginUrl: org.url, ...secrets });

  test("is asked before each call, logins and renewals too, and told what the org says", async () => {
    const asked: string[] = [];
    const told: Usage[] = [];
    const budget: Gate = {
      ...openGate,
      take: (kind, urgency) => Promise.resolve(void asked.push(`${kind} ${urgency}`)),
      told: (usage) => void told.push(usage),
    };
    const session = await openSession({ login: login(), budget }, never);
    await session.composite(look, never);
    await orderFaults(org.url, [{ match: composite, act: "expire" }]);
    await session.composite(look, never, "later");
    expect(asked).toEqual(["login reply", "composite usual", "composite later", "login reply", "composite later"]);
    expect(told).toHaveLength(2);
    expect(told[0]?.limit).toBe(100_000);
    expect(told[1]?.used).toBeGreaterThan(told[0]?.used ?? 0);
  });

  test("holds the calls that would be too many, and lets them go when it may", async () => {
    await using poor = await openTestOrg();
    await setLimit(poor.url, 1000);
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await using budget = await openBudget({ clock, journal: scratch.journal, share: 0.5 });
    const session = await openSession({ login: { loginUrl: poor.url, ...secrets }, budget }, never);
    const stop = new AbortController();
    const calls = Array.from({ length: 60 }, () => session.composite(look, stop.signal));
    const done = Promise.allSettled(calls);
    // A bucket of 50, of which the login took one; 15 hundredths of it are kept for what is more urgent.
    await until(() => budget.state().left === 8);
    expect(budget.state().held).toMatchObject({ calls: 19, mostUrgent: "usual" });
    expect((await session.composite(look, never, "reply")).get("q")?.status).toBe(200);
    clock.advance(DAY_MS);
    await done;
    expect(await callsOf(poor.url)).toBe(61);
  });

  test("an org without any calls left is Unavailable once, and asked again after a quarter of an hour", async () => {
    await using poor = await openTestOrg();
    const clock = manualClock();
    await using scratch = await openScratchJournal(clock);
    await using budget = await openBudget({ clock, journal: scratch.journal, share: 0.5 });
    const session = await openSession({ login: { loginUrl: poor.url, ...secrets }, budget }, never);
    await session.composite(look, never);
    budget.told({ used: 99_500, limit: 100_000 });
    await setLimit(poor.url, 1);
    await expect(session.composite(look, never, "reply")).rejects.toThrow(/daily limit of API calls is used up/);
    const held = session.composite(look, never, "reply");
    await until(() => budget.state().held !== undefined);
    expect(budget.state().held?.nextInMs).toBe(15 * 60_000);
    await setLimit(poor.url, 100_000);
    clock.advance(15 * 60_000);
    expect((await held).get("q")?.status).toBe(200);
    expect((await session.composite(look, never)).get("q")?.status).toBe(200);
  });
});

async function setLimit(url: string, dailyApiRequests: number): Promise<void> {
  const body = JSON.stringify({ dailyApiRequests });
  await fetch(`${url}/sandbox/limits`, { method: "POST", headers: { "content-type": "application/json" }, body });
}

async function callsOf(url: string): Promise<number> {
  return ((await (await fetch(`${url}/sandbox/calls`)).json()) as { used: number }).used;
}

describe("a login", () => {
  test.each([{ clientSecret: "s3cr3t" }, { clientId: "nobody" }])("with %j is Misconfigured", async (change) => {
    const opening = open(change);
    await expect(opening).rejects.toThrow(Misconfigured);
    await expect(opening).rejects.not.toThrow(/s3cr3t/);
  });

  test("where nobody listens is Unavailable", async () => {
    await expect(open({ loginUrl: "http://127.0.0.1:9" })).rejects.toThrow(Unavailable);
  });

  test.each([
    [503, "[]", "Unavailable"],
    [429, "slow down", "Unavailable"],
    [500, "<html>", "Unavailable"],
    [404, "<html>", "Misconfigured"],
    [200, "<html>", "Misconfigured"],
    [302, "", "Unavailable"],
  ])("that is answered %i %j is %s", async (status, body, name) => {
    const server = createServer((_request, response) => {
      response.writeHead(status, { location: "https://example.com/" }).end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const loginUrl = toUrl(server);
    await expect(open({ loginUrl })).rejects.toMatchObject({ name });
    server.close();
  });

  test("that is never answered is Unavailable", async () => {
    const server = createServer(() => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const loginUrl = toUrl(server);
    await expect(open({ loginUrl }, 50)).rejects.toThrow(Unavailable);
    server.closeAllConnections();
    server.close();
  });

  test("refused while we run is waited for: the operator may mend it", async () => {
    const server = createServer((_request, response) => response.writeHead(401).end("{}"));
    const login = { loginUrl: org.url, ...secrets };
    const session = await openSession({ login, budget: openGate }, never);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    login.loginUrl = toUrl(server);
    await orderFaults(org.url, [{ match: composite, act: "expire" }]);
    await expect(session.composite(look, never)).rejects.toThrow(Unavailable);
    login.loginUrl = org.url;
    await orderFaults(org.url, [{ match: composite, act: "expire" }]);
    expect((await session.composite(look, never)).get("q")?.status).toBe(200);
    server.close();
  });
});

test("a login by jwt is renewed, too", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const username = "connector@nordwind.example";
  const certificate = publicKey.export({ type: "spki", format: "pem" }).toString();
  await fetch(`${org.url}/sandbox/client-apps`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clientId: "signed", certificate, users: [username] }),
  });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const login = { loginUrl: org.url, clientId: "signed", username, privateKey: pem };
  const session = await openSession({ login, budget: openGate }, never);
  const before = session.grant;
  await fetch(`${org.url}/sandbox/sessions`, { method: "DELETE" });
  const answers = await Promise.all([1, 2].map(() => session.composite(look, never)));
  expect(answers.map((answer) => answer.get("q")?.status)).toEqual([200, 200]);
  expect(session.grant).not.toBe(before);
});

describe("a login that leads to another org", () => {
  /** A login server that leads to these orgs in turn; what it serves beside refuses the session. */
  async function openMovingOrg(...orgs: readonly string[]) {
    let logins = 0;
    const server = createServer((request, response) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (request.url?.endsWith("/token") !== true) {
        response.writeHead(401).end(JSON.stringify([{ errorCode: "INVALID_SESSION_ID", message: "Session expired" }]));
        return;
      }
      const org = orgs[Math.min(logins++, orgs.length - 1)] ?? "";
      response.end(JSON.stringify({ access_token: "t", instance_url: url, id: `${url}/id/${org}/005000000000001AAA` }));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      loginUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      [Symbol.asyncDispose]: async () => {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      },
    };
  }
  const [ours, copy] = ["00D000000000001AAA", "00D000000000002AAA"];

  test("than the configuration names is refused before anything is asked there", async () => {
    await using moving = await openMovingOrg(copy);
    const login = { ...secrets, loginUrl: moving.loginUrl };
    const opening = openSession({ login, orgId: ours.slice(0, 15), budget: openGate }, never);
    await expect(opening).rejects.toThrow(/This is org 00D000000000002AAA/);
    await expect(opening).rejects.toThrow(Misconfigured);
  });

  test("while we run (a sandbox was copied anew) stops all, and is asked again", async () => {
    await using moving = await openMovingOrg(ours, copy);
    const session = await openSession({ login: { ...secrets, loginUrl: moving.loginUrl }, budget: openGate }, never);
    const failing = session.composite(look, never, "reply");
    await expect(failing).rejects.toThrow(/copy of an org must not send/);
    await expect(failing).rejects.toThrow(Unavailable);
  });
});
