import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { openDirectory } from "../test/fakes/directory.ts";
import { readConfig, toAccountName, type Config } from "./config.ts";
import { Misconfigured } from "./errors.ts";

let directory: Awaited<ReturnType<typeof openDirectory>>;
let file: string;

beforeAll(async () => {
  directory = await openDirectory();
  file = path.join(directory.path, "earshot.yaml");
});
afterAll(() => directory[Symbol.asyncDispose]());

const secrets = {
  EARSHOT_SALESFORCE_CLIENT_ID: "an id",
  EARSHOT_SALESFORCE_CLIENT_SECRET: "a secret",
  TOKEN_A: "a token",
};
const salesforce = { loginUrl: "https://example.my.salesforce.com" };
const account = { network: "mastodon", url: "https://social.example", tokenEnv: "TOKEN_A" };
const hook = { network: "webhook", name: "shop", secretEnv: "EARSHOT_WEBHOOK_SHOP" };
const bluesky = { network: "bluesky", handle: "Nordwind.example", passwordEnv: "TOKEN_A" };
const good = { salesforce, accounts: [account] };

function read(content: unknown, environment: Readonly<Record<string, string | undefined>> = secrets): Config {
  writeFileSync(file, typeof content === "string" ? content : stringify(content));
  return readConfig(file, environment);
}

/** What the operator is told. */
function faultOf(content: unknown, environment?: Readonly<Record<string, string | undefined>>): string {
  try {
    read(content, environment);
  } catch (error) {
    if (error instanceof Misconfigured) return error.message;
    throw error;
  }
  throw new Error("nothing was found wrong");
}

describe("the journal", () => {
  test("may lie on a server, with its password from the environment", () => {
    const journal = "postgres://earshot@db.example:5432,db2.example:5432/earshot?sslmode=verify-full";
    expect(read({ ...good, journal }, { ...secrets, EARSHOT_JOURNAL_PASSWORD: "s3cret" })).toMatchObject({
      journal,
      journalPassword: "s3cret",
    });
    expect(read({ ...good, journal }).journalPassword).toBeUndefined();
  });

  test("has no password in the file, and is on no other kind of server", () => {
    expect(faultOf({ ...good, journal: "postgres://earshot:s3cret@db.example/earshot" })).toMatch(
      /- journal: leave the password out of the file: put it into the environment variable EARSHOT_JOURNAL_PASSWORD/,
    );
    expect(faultOf({ ...good, journal: "postgres://earshot@db.example/earshot?password=s3cret" })).toMatch(/leave the/);
  });

  test.each([
    "mysql://db.example/earshot",
    "postgres:/db.example/earshot",
    "postgres//db.example/earshot",
    "jdbc:postgresql://db.example/earshot",
  ])("is no file where a server may be meant: %s", (journal) => {
    expect(faultOf({ ...good, journal })).toMatch(/- journal: a file, or the address of a/);
  });
});

test("what is not said is filled in, paths are relative to the file, and nothing can be changed", () => {
  const config = read(good);
  expect(config).toMatchObject({
    journal: path.join(directory.path, "earshot.db"),
    retentionDays: 35,
    backupDays: 35,
    journalFreeMegabytes: 256,
    http: { host: "127.0.0.1", port: 4320 },
    salesforce: { namespace: "", sweepSeconds: 60, callShare: 0.5, fallbackQueue: "Social_Service", handles: [] },
    accounts: [{ mode: "engage", words: [], token: "a token" }],
    clientId: "an id",
    clientSecret: "a secret",
  });
  expect(Object.isFrozen(config.accounts[0])).toBe(true);
  expect(Object.isFrozen(config.salesforce.handles)).toBe(true);
});

test("a Bluesky account needs its handle and an app password, and nothing else", () => {
  const [told] = read({ ...good, accounts: [bluesky] }).accounts;
  expect(told).toEqual({
    ...bluesky,
    password: "a token",
    service: "https://bsky.social",
    jetstream: "wss://jetstream.us-east.bsky.network",
    plc: "https://plc.directory",
    messages: true,
    mode: "engage",
    words: [],
  });
  expect(told && toAccountName(told)).toBe("bluesky nordwind.example");
});

test("the example that we ship is right as it is", () => {
  const example = path.resolve(import.meta.dirname, "../config/earshot.example.yaml");
  const config = readConfig(example, { ...secrets, EARSHOT_MASTODON_TOKEN: "a token" });
  expect(config.accounts).toHaveLength(1);
});

test.each<readonly [string, unknown, string, RegExp]>([
  ["nothing in the file", "", "salesforce", /missing.*example/],
  ["no accounts", { salesforce }, "accounts", /missing.*example/],
  ["an empty list of accounts", { ...good, accounts: [] }, "accounts", /at least one/],
  [
    "a number that is too small",
    { ...good, journalFreeMegabytes: 1 },
    "journalFreeMegabytes",
    /: must be 16 or more$/m,
  ],
  ["a number that is too large", { ...good, http: { port: 70_000 } }, "http.port", /: must be 65535 or less$/m],
  ["accounts that are no list", { ...good, accounts: account }, "accounts", /a list/],
  ["an unknown network", { ...good, accounts: [{ ...account, network: "orkut" }] }, "accounts[0].network", /mastodon/],
  ["a handle with @", { ...good, accounts: [{ ...bluesky, handle: "@nordwind" }] }, "accounts[0].handle", /without @/],
  [
    "a stream by another protocol",
    { ...good, accounts: [{ ...bluesky, jetstream: "https://x.example" }] },
    "accounts[0].jetstream",
    /wss:/,
  ],
  [
    "one Bluesky account twice",
    { ...good, accounts: [bluesky, { ...bluesky, handle: "nordwind.example" }] },
    "accounts",
    /same account/,
  ],
  ["no address", { ...good, accounts: [{ ...account, url: "social" }] }, "accounts[0].url", /https:\/\//],
  ["an address of a file", { ...good, accounts: [{ ...account, url: "file:///x" }] }, "accounts[0].url", /https:\/\//],
  ["a mode of its own", { ...good, accounts: [{ ...account, mode: "loud" }] }, "accounts[0].mode", /listen-only/],
  [
    "a webhook without a name",
    { ...good, accounts: [{ network: "webhook", secretEnv: "X" }] },
    "accounts[0].name",
    /missing/,
  ],
  [
    "a name that is no part of an address",
    { ...good, accounts: [{ ...hook, name: "My Shop" }] },
    "accounts[0].name",
    /hyphens/,
  ],
  [
    "a secret for its name",
    { ...good, accounts: [{ ...hook, secretEnv: "whsec_x" }] },
    "accounts[0].secretEnv",
    /never/,
  ],
  ["no time to be silent", { ...good, accounts: [{ ...hook, silentMinutes: 1 }] }, "accounts[0].silentMinutes", /5/],
  ["a webhook twice", { ...good, accounts: [hook, { ...hook, secretEnv: "Y" }] }, "accounts", /remove one/],
  ["a word of one letter", { ...good, accounts: [{ ...account, words: ["x"] }] }, "accounts[0].words[0]", /2/],
  ["an account twice", { ...good, accounts: [account, account] }, "accounts", /remove one/],
  ["a word that is no setting", { ...good, jurnal: "x" }, "the file", /"jurnal".*spelling/],
  ["the same, further in", { ...good, salesforce: { ...salesforce, org: 1 } }, "salesforce", /"org".*spelling/],
  ["text for a number", { ...good, http: { port: "x" } }, "http.port", /number/],
  ["no whole number", { ...good, retentionDays: 1.5 }, "retentionDays", /whole number/],
  ["a port that there is not", { ...good, http: { port: 70_000 } }, "http.port", /65535/],
  ["no room to keep free", { ...good, journalFreeMegabytes: 1 }, "journalFreeMegabytes", /16/],
  ["no time to keep", { ...good, retentionDays: 0 }, "retentionDays", /1/],
  ["no address of the org", { ...good, salesforce: { loginUrl: "x" } }, "salesforce.loginUrl", /My Domain/],
  ["an id of no org", { ...good, salesforce: { ...salesforce, orgId: "00Q1" } }, "salesforce.orgId", /00D/],
  [
    "a namespace too long",
    { ...good, salesforce: { ...salesforce, namespace: "x".repeat(16) } },
    "salesforce.namespace",
    /prefix/,
  ],
  [
    "takes more calls than there are",
    { ...good, salesforce: { ...salesforce, callShare: 1.5 } },
    "salesforce.callShare",
    /at most 1/,
  ],
  ["sweeps too often", { ...good, salesforce: { ...salesforce, sweepSeconds: 0 } }, "salesforce.sweepSeconds", /1/],
  ["another login", { ...good, salesforce: { ...salesforce, login: "soap" } }, "salesforce.login", /or jwt/],
  ["jwt for nobody", { ...good, salesforce: { ...salesforce, login: "jwt" } }, "salesforce.username", /username/],
  [
    "events from no address",
    { ...good, salesforce: { ...salesforce, events: { endpoint: "https://x" } } },
    "salesforce.events.endpoint",
    /host and port/,
  ],
  [
    "handles on an object that has none",
    { ...good, salesforce: { ...salesforce, handles: [{ network: "mastodon", object: "Case", field: "X__c" }] } },
    "salesforce.handles[0].object",
    /Contact or Lead/,
  ],
  [
    "a field that could be a query",
    { ...good, salesforce: { ...salesforce, handles: [{ network: "mastodon", object: "Lead", field: "X = 1" }] } },
    "salesforce.handles[0].field",
    /API name/,
  ],
])("%s: the place and the remedy are named", (_name, content, place, remedy) => {
  const fault = faultOf(content);
  const line = fault.split("\n").find((one) => one.startsWith(`- ${place}: `));
  expect(line).toMatch(remedy);
  expect(fault).toContain(file);
});

describe("a login by jwt", () => {
  const jwt = { ...good, salesforce: { ...salesforce, login: "jwt", username: "earshot@nordwind.example" } };
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const given = (key: string) => ({ ...secrets, EARSHOT_SALESFORCE_PRIVATE_KEY: key });

  test("takes its key from the environment, whole, with written line ends, or from the file named there", () => {
    writeFileSync(path.join(directory.path, "key.pem"), pem);
    for (const key of [pem, pem.replaceAll("\n", "\\n"), "key.pem"]) {
      const config = read(jwt, { ...given(key), EARSHOT_SALESFORCE_CLIENT_SECRET: undefined });
      expect(config.privateKey).toBe(pem);
      expect(config.clientSecret).toBeUndefined();
    }
  });

  test("without a key, or with one that is none, is told, and the key not repeated", () => {
    expect(faultOf(jwt)).toContain("EARSHOT_SALESFORCE_PRIVATE_KEY is not set");
    const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    const other = elliptic.export({ type: "pkcs8", format: "pem" }).toString();
    for (const key of ["-----BEGIN nonsense", "absent.pem", other]) {
      const fault = faultOf(jwt, given(key));
      expect(fault).toContain("EARSHOT_SALESFORCE_PRIVATE_KEY holds no RSA key");
      expect(fault).not.toContain(key);
    }
  });
});

test("events in the clear are only for this machine", () => {
  const withEvents = (events: object) => ({ ...good, salesforce: { ...salesforce, events } });
  const { events } = read(withEvents({ endpoint: "localhost:7443", insecure: true })).salesforce;
  expect(events).toEqual({ endpoint: "localhost:7443", insecure: true });
  expect(read(withEvents({ endpoint: "off" })).salesforce.events.endpoint).toBe("off");
  expect(faultOf(withEvents({ insecure: true }))).toMatch(/events\.insecure: only for/);
  expect(faultOf(withEvents({ endpoint: "api.pubsub.salesforce.com:7443", insecure: true }))).toMatch(/only for/);
});

test("all faults are told at once", () => {
  const fault = faultOf({ salesforce: { loginUrl: "x" }, accounts: [{ ...account, url: "y" }], log: "loud" });
  expect(fault).toContain("3 faults");
});

test("what is no YAML is told with its line", () => {
  expect(faultOf("accounts:\n  - [a\nb: {")).toMatch(/not valid YAML.*line \d/s);
});

test("a file that is not there is told with where the example is", () => {
  expect(() => readConfig(path.join(directory.path, "absent.yaml"), secrets)).toThrow(/absent\.yaml.*example/);
});

test("a secret in the file is refused and never repeated", () => {
  const secret = "s3cr3t-token";
  for (const content of [
    { ...good, accounts: [{ ...account, tokenEnv: secret }] },
    { ...good, accounts: [{ ...account, token: secret }] },
    { ...good, salesforce: { ...salesforce, clientSecret: secret } },
  ])
    expect(faultOf(content)).not.toContain(secret);
});

test("what refreshes a token comes from the environment, all of it", () => {
  const refresh = { tokenEnv: "REFRESH", clientIdEnv: "APP_KEY", clientSecretEnv: "APP_SECRET" };
  const environment = { ...secrets, REFRESH: "r", APP_KEY: "k", APP_SECRET: "s" };
  const config = read({ ...good, accounts: [{ ...account, refresh }] }, environment);
  expect(config.accounts[0]).toMatchObject({ refresh: { token: "r", clientId: "k", clientSecret: "s" } });
  expect(faultOf({ ...good, accounts: [{ ...account, refresh }] })).toContain("APP_SECRET is not set");
  expect(faultOf({ ...good, accounts: [{ ...account, refresh: { tokenEnv: "REFRESH" } }] })).toContain("clientIdEnv");
});

test("every secret that the environment lacks is named, a blank one too", () => {
  const fault = faultOf(good, { EARSHOT_SALESFORCE_CLIENT_ID: "  ", EARSHOT_SALESFORCE_CLIENT_SECRET: "a secret" });
  expect(fault).toContain("TOKEN_A is not set");
  expect(fault).toContain("EARSHOT_SALESFORCE_CLIENT_ID is not set");
  expect(fault).not.toContain("CLIENT_SECRET");
});

test("a webhook's secret comes from the environment, and its label is its name", () => {
  const config = read({ ...good, accounts: [account, hook] }, { ...secrets, EARSHOT_WEBHOOK_SHOP: "whsec_x" });
  expect(config.accounts[1]).toMatchObject({ network: "webhook", name: "shop", label: "shop", secret: "whsec_x" });
  expect(config.webhooks).toEqual({ host: "127.0.0.1", port: 4321 });
  expect(faultOf({ ...good, accounts: [hook] })).toContain("EARSHOT_WEBHOOK_SHOP is not set");
});
