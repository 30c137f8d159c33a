import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { openTestOrg, type TestOrg } from "../testing/open-test-org.ts";

const at = Date.parse("2026-11-22T10:00:00Z");
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const connector = "connector@nordwind.example";
let place: TestOrg;

beforeEach(async () => {
  place = await openTestOrg({ now: () => at });
  expect(await register({ clientId: "earshot", users: [connector] })).toBe(204);
});

afterEach(() => place[Symbol.asyncDispose]());

async function register(app: Record<string, unknown>): Promise<number> {
  const certificate = publicKey.export({ type: "spki", format: "pem" });
  const answer = await fetch(`${place.url}/sandbox/client-apps`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ certificate, ...app }),
  });
  return answer.status;
}

interface Given {
  readonly claims?: Record<string, unknown>;
  readonly head?: Record<string, unknown>;
  readonly key?: KeyObject;
}

function toAssertion({ claims, head, key = privateKey }: Given): string {
  const whole = { iss: "earshot", sub: connector, aud: "https://test.salesforce.com", exp: at / 1000 + 180, ...claims };
  const said = [{ alg: "RS256", ...head }, whole].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  return [...said, sign("sha256", Buffer.from(said.join(".")), key).toString("base64url")].join(".");
}

async function logIn(assertion: string): Promise<{ status: number; body: Record<string, string> }> {
  const form = { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion };
  const answer = await fetch(`${place.url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

test("a signed assertion for a pre-authorised user is a login", async () => {
  const { status, body } = await logIn(toAssertion({}));
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", instance_url: place.url });
  const headers = { authorization: `Bearer ${body["access_token"] ?? ""}` };
  const who: unknown = await (await fetch(`${place.url}/services/oauth2/userinfo`, { headers })).json();
  expect(who).toMatchObject({ preferred_username: connector, organization_id: place.org.organizationId });
});

test.each([
  ["the org's own address", () => place.url],
  ["production's login", () => "https://login.salesforce.com"],
  ["a closing slash", () => "https://test.salesforce.com/"],
])("it may be meant for %s", async (_, aud) => {
  expect(await logIn(toAssertion({ claims: { aud: aud() } }))).toMatchObject({ status: 200 });
});

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

test.each<[string, Given, string, string]>([
  ["another key", { key: stranger }, "invalid_grant", "invalid assertion"],
  ["another algorithm", { head: { alg: "HS256" } }, "invalid_grant", "invalid assertion"],
  ["no end", { claims: { exp: undefined } }, "invalid_grant", "invalid assertion"],
  ["an end long ago", { claims: { exp: at / 1000 - 180 } }, "invalid_grant", "expired authorization code"],
  ["another audience", { claims: { aud: "https://example.com" } }, "invalid_grant", "audience is invalid"],
  ["an unknown app", { claims: { iss: "nobody" } }, "invalid_client_id", "client identifier invalid"],
  ["an app without certificate", { claims: { iss: "sandbox" } }, "invalid_client", "invalid client credentials"],
  [
    "a user who is not approved",
    { claims: { sub: "rita@nordwind.example" } },
    "invalid_app_access",
    "user is not admin approved to access this app",
  ],
])("%s is refused", async (_, given, error, error_description) => {
  expect(await logIn(toAssertion(given))).toEqual({ status: 400, body: { error, error_description } });
});

test("where users approve the app themselves, one who did not is told so", async () => {
  await register({ clientId: "open", permittedUsers: "self" });
  const { body } = await logIn(toAssertion({ claims: { iss: "open" } }));
  expect(body).toEqual({ error: "invalid_grant", error_description: "user hasn't approved this consumer" });
});

test.each(["", "nonsense", "a.b.c"])("%p is no assertion", async (assertion) => {
  expect(await logIn(assertion)).toMatchObject({ status: 400, body: { error_description: "invalid assertion" } });
});

test("clocks may differ by less than three minutes", async () => {
  expect(await logIn(toAssertion({ claims: { exp: at / 1000 - 179 } }))).toMatchObject({ status: 200 });
});

test("an app is registered with an RSA certificate or key only", async () => {
  expect(await register({ clientId: "odd", certificate: "-----BEGIN CERTIFICATE-----" })).toBe(400);
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" });
  expect(await register({ clientId: "odd", certificate: ec })).toBe(400);
});
