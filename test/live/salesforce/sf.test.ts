import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openRecordedOrg } from "./recorded-org.ts";
import type { RecordedOrg } from "./recorded-org.ts";
import { openSf } from "./sf.ts";
import type { Sf } from "./sf.ts";

/** Salesforce's own command line tool against the stand-in org: what it calls, and that it is content with the answers. */

const ADA = "ada@nordwind.example";
const V = "/services/data/v66.0";
let org: RecordedOrg;
let sf: Sf;
const seen: [command: string, calls: readonly string[]][] = [];

beforeAll(async () => {
  org = await openRecordedOrg();
  sf = await openSf();
  const variables = { SF_ACCESS_TOKEN: org.org.tokenFor(ADA) };
  const login = [
    "org",
    "login",
    "access-token",
    "--instance-url",
    org.url,
    "--no-prompt",
    "--alias",
    "org",
    "--set-default",
  ];
  expect(await sf.ask(login, variables)).toMatchObject({
    status: 0,
    result: { username: ADA, orgId: org.org.organizationId, instanceApiVersion: "66.0", name: "Nordwind" },
  });
  note("org login access-token");
});
afterAll(async () => {
  await sf[Symbol.asyncDispose]();
  await org[Symbol.asyncDispose]();
  process.stdout.write(`${seen.map(([command, calls]) => `sf ${command}\n  ${calls.join("\n  ")}`).join("\n")}\n`);
});

/** Notes for the record what the command called; those calls. */
function note(command: string): readonly string[] {
  const calls = org.calls();
  seen.push([command, calls]);
  return calls;
}

test("an access token logs in", () => {
  expect(seen[0]?.[1]).toEqual(
    expect.arrayContaining([
      "GET /services/oauth2/userinfo 200",
      expect.stringMatching(/^GET \/services\/data\/v[\d.]+\/sobjects\/User\/\{id\} 200$/),
      "GET /services/data 200",
      `GET ${V}/query Organization 200`,
    ]),
  );
});

test("a key logs in, and a key that nobody registered does not", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [known, unknown] = [privateKey, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey];
  const files = [join(sf.home, "known.pem"), join(sf.home, "unknown.pem")];
  for (const [at, key] of [known, unknown].entries())
    await writeFile(files[at] ?? "", key.export({ type: "pkcs8", format: "pem" }));
  const username = "connector@nordwind.example";
  const app = {
    clientId: "earshot",
    certificate: publicKey.export({ type: "spki", format: "pem" }),
    users: [username],
  };
  await fetch(`${org.url}/sandbox/client-apps`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(app),
  });
  org.calls();
  const login = (file = "") => {
    const by = ["--client-id", "earshot", "--jwt-key-file", file, "--username", username];
    return sf.ask(["org", "login", "jwt", "--instance-url", org.url, ...by]);
  };
  expect(await login(files[1])).toMatchObject({ message: expect.stringContaining("invalid assertion") as string });
  org.calls();
  expect(await login(files[0])).toMatchObject({ status: 0, result: { username } });
  expect(note("org login jwt")).toContain("POST /services/oauth2/token 200");
});

test("the org is shown as connected", async () => {
  const { result } = await sf.ask(["org", "display"]);
  expect(result).toMatchObject({ username: ADA, connectedStatus: "Connected", apiVersion: "66.0" });
  expect(note("org display")).toContain(`GET ${V} 200`);
});

test("queries are answered as JSON, as a table and as CSV", async () => {
  const query = ["data", "query", "--query", "SELECT Username, Profile.Name FROM User WHERE Username LIKE 'rita@%'"];
  expect(await sf.ask(query)).toMatchObject({
    result: { totalSize: 1, records: [{ Username: "rita@nordwind.example" }] },
  });
  note("data query --json");
  const table = await sf.print(query);
  expect(table).toMatch(/USERNAME\s*│ PROFILE\.NAME/);
  expect(table).toContain("rita@nordwind.example");
  expect(note("data query")).toContain(`GET ${V}/query User (columns) 200`);
  expect(await sf.print([...query, "--result-format", "csv"])).toMatch(
    /^Username,Profile\.Name\nrita@nordwind\.example,/,
  );
  note("data query --result-format csv");
  const counted = await sf.ask(["data", "query", "--query", "SELECT COUNT(Id) people FROM User WHERE IsActive = true"]);
  expect(counted.result).toMatchObject({ records: [{ people: expect.any(Number) as number }] });
  note("data query --json, of an aggregate");
});

test("a row is created, read, updated, upserted and deleted", async () => {
  const values = "LastName=Lind Company='Nordwind Cargo'";
  const created = await sf.ask(["data", "create", "record", "--sobject", "Lead", "--values", values]);
  expect(created).toMatchObject({ status: 0, result: { success: true } });
  note("data create record");
  const { id } = created.result as { id: string };
  const which = ["--sobject", "Lead", "--record-id", id];
  await sf.ask(["data", "update", "record", ...which, "--values", "Company=Nordwind"]);
  note("data update record");
  expect(await sf.ask(["data", "get", "record", ...which])).toMatchObject({ result: { Company: "Nordwind" } });
  note("data get record");

  const path = `${V}/sobjects/Social_Persona__c/External_Key__c/test%3A1`;
  const body = JSON.stringify({ Network__c: "mastodon", Handle__c: "anna" });
  await sf.print(["api", "request", "rest", path, "--method", "PATCH", "--body", body]);
  await sf.print(["api", "request", "rest", path, "--method", "PATCH", "--body", body]);
  expect(note("api request rest --method PATCH, twice").filter((call) => call.startsWith("PATCH"))).toHaveLength(2);
  const personas = ["data", "query", "--query", "SELECT External_Key__c FROM Social_Persona__c"];
  expect(await sf.ask(personas)).toMatchObject({ result: { records: [{ External_Key__c: "test:1" }] } });

  expect(await sf.ask(["data", "delete", "record", ...which])).toMatchObject({ status: 0 });
  expect(await sf.ask(["data", "get", "record", ...which])).toMatchObject({
    status: 1,
    name: expect.stringMatching(/^(NOT_FOUND|ENTITY_IS_DELETED)$/) as string,
  });
  org.calls();
});

test("what the org refuses is told in its words", async () => {
  const nonsense = await sf.ask(["data", "query", "--query", "SELECT Nonsense__c FROM Case"]);
  expect(nonsense).toMatchObject({ name: "INVALID_FIELD", message: expect.stringContaining("Nonsense__c") as string });
  const lead = ["data", "create", "record", "--sobject", "Lead", "--values", "LastName=Lind"];
  const file = join(sf.home, "personas.csv");
  await writeFile(file, "External_Key__c,Handle__c\ntest:2,ben\n");
  const bulk = ["data", "upsert", "bulk", "--sobject", "Social_Persona__c", "--external-id", "External_Key__c"];
  expect(await sf.ask([...bulk, "--file", file])).toMatchObject({ status: 1, name: "NOT_FOUND" });
  expect(await sf.ask(lead)).toMatchObject({
    message: expect.stringContaining("Required fields are missing") as string,
  });
  org.calls();
});

test("objects and limits are told", async () => {
  const { result } = await sf.ask(["sobject", "describe", "--sobject", "Social_Reply__c"]);
  expect(result).toMatchObject({ name: "Social_Reply__c", createable: true });
  expect((result as { fields: { name: string }[] }).fields.map(({ name }) => name)).toContain("Status__c");
  note("sobject describe");
  const { result: objects } = await sf.ask(["sobject", "list", "--sobject", "custom"]);
  expect(objects).toContain("Social_Post__c");
  note("sobject list");
  const { result: limits } = await sf.ask(["org", "list", "limits"]);
  expect(limits).toContainEqual({ name: "DailyApiRequests", max: 100_000, remaining: expect.any(Number) as number });
  note("org list limits");
});
