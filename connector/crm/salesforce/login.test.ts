import { createVerify, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";
import { logIn, type Login } from "./login.ts";
import { toAudience } from "./login/assertion.ts";

const NOW = "2026-03-02T09:00:00.000Z";
const never = new AbortController().signal;
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** A login server that always gives this answer; what it was asked is kept. */
async function openLoginServer(status: number, body: unknown) {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    void text(request).then((form) => {
      asked.push(new URLSearchParams(form));
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const signed = (loginUrl: string): Login => ({
  loginUrl,
  clientId: "the app",
  username: "earshot@nordwind.example",
  privateKey: pem,
  audience: "https://login.salesforce.com",
});

test("a signed login says who we are, to whom and until when, and no secret goes over the wire", async () => {
  await using server = await openLoginServer(200, { access_token: "token", instance_url: "https://org.example" });
  const grant = await logIn(signed(server.url), { timeoutMs: 5000, now: NOW }, never);
  expect(grant.access_token).toBe("token");
  const [form] = server.asked;
  expect(form?.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  const [head = "", claims = "", signature = ""] = form?.get("assertion")?.split(".") ?? [];
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  expect(read(head)).toEqual({ alg: "RS256" });
  expect(read(claims)).toEqual({
    iss: "the app",
    sub: "earshot@nordwind.example",
    aud: "https://login.salesforce.com",
    exp: Date.parse(NOW) / 1000 + 180,
  });
  const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
  expect(verify.verify(publicKey, Buffer.from(signature, "base64url"))).toBe(true);
});

test.each([
  ["https://nordwind.my.salesforce.com", "https://login.salesforce.com"],
  ["https://login.salesforce.com", "https://login.salesforce.com"],
  ["https://nordwind--uat.sandbox.my.salesforce.com", "https://test.salesforce.com"],
  ["https://test.salesforce.com", "https://test.salesforce.com"],
  ["http://localhost:8790/", "http://localhost:8790"],
])("whoever logs in at %s signs for %s", (loginUrl, audience) => {
  expect(toAudience({ loginUrl })).toBe(audience);
});

test.each([
  [400, "invalid_client_id", "client identifier invalid", /CLIENT_ID.*consumer key/],
  [401, "invalid_client", "invalid client credentials", /CLIENT_SECRET.*consumer secret/],
  [400, "invalid_grant", "no client credentials user enabled", /Run As/],
  [400, "invalid_grant", "user hasn't approved this consumer", /approve users beforehand/],
  [400, "invalid_app_access", "user is not admin approved to access this app", /approve users beforehand/],
  [400, "invalid_grant", "audience is invalid", /salesforce\.audience/],
  [400, "invalid_grant", "expired authorization code", /time server/],
  [400, "invalid_grant", "invalid assertion", /certificate.*JWT Bearer Flow/],
  [400, "unsupported_grant_type", "grant type not supported", /Enable it/],
  [400, "invalid_grant", "authentication failure", /check salesforce\.loginUrl, salesforce\.username/],
  [404, "", "", /check salesforce\.loginUrl/],
])("refused with %i %s (%s): the step that is missing is named", async (status, error, error_description, step) => {
  await using server = await openLoginServer(status, { error, error_description });
  const failing = logIn(signed(server.url), { timeoutMs: 5000, now: NOW }, never);
  await expect(failing).rejects.toThrow(step);
  await expect(failing).rejects.toMatchObject({ name: "Misconfigured" });
});

test.each([
  [400, "unknown_error", "retry your request"],
  [400, "invalid_grant", "login rate exceeded"],
])("%i %s (%s) passes: it is tried again, and nothing stops", async (status, error, error_description) => {
  await using server = await openLoginServer(status, { error, error_description });
  const failing = logIn(signed(server.url), { timeoutMs: 5000, now: NOW }, never);
  await expect(failing).rejects.toMatchObject({ name: "Unavailable" });
});

test("nothing of the key or the assertion is in what a refused or failed login throws", async () => {
  await using server = await openLoginServer(400, { error: "invalid_grant", error_description: "invalid assertion" });
  const refused = await logIn(signed(server.url), { timeoutMs: 5000, now: NOW }, never).catch(
    (error: unknown) => error,
  );
  await server[Symbol.asyncDispose]();
  const failed = await logIn(signed(server.url), { timeoutMs: 5000, now: NOW }, never).catch((error: unknown) => error);
  const told = inspect([refused, failed], { depth: 10, showHidden: true });
  expect(told).toMatch(/Misconfigured.*Unavailable/s);
  for (const secret of [pem.slice(40, 90), server.asked[0]?.get("assertion") ?? "none"])
    expect(told).not.toContain(secret);
});
