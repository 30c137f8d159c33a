import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { stringify } from "yaml";
import { openSandbox, type Sandbox } from "../sandbox/index.ts";
import { openDirectory } from "../test/fakes/directory.ts";

const MAIN = path.resolve(import.meta.dirname, "../bin/earshot.js");

interface Ended {
  readonly code: number;
  readonly said: string;
  readonly output: string;
}

let sandbox: Sandbox;
let directory: Awaited<ReturnType<typeof openDirectory>>;

beforeAll(async () => {
  directory = await openDirectory();
  sandbox = await openSandbox({ dir: ":memory:", port: 0, networkPort: 0, console: false });
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
});

function secrets(change: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    EARSHOT_SALESFORCE_CLIENT_ID: "sandbox",
    EARSHOT_SALESFORCE_CLIENT_SECRET: "sandbox",
    EARSHOT_MASTODON_TOKEN: sandbox.company.token,
    ...change,
  };
}

let files = 0;

function toFile(content: unknown): string {
  files += 1;
  const file = path.join(directory.path, `earshot-${files}.yaml`);
  writeFileSync(file, typeof content === "string" ? content : stringify(content));
  return file;
}

/** A configuration that works, with a journal of its own. */
function working(change: { salesforce?: object; account?: object } = {}): object {
  return {
    journal: `journal-${files}.db`,
    log: "silent",
    http: { port: 0 },
    salesforce: { loginUrl: sandbox.orgUrl, ...change.salesforce },
    accounts: [{ network: "mastodon", url: sandbox.networkUrl, tokenEnv: "EARSHOT_MASTODON_TOKEN", ...change.account }],
  };
}

function start(args: readonly string[], environment: Readonly<Record<string, string>> = secrets()) {
  return spawn(process.execPath, ["--no-warnings", MAIN, ...args], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

async function run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended> {
  const child = start(args, environment);
  const [[code], output, said] = await Promise.all([
    once(child, "exit") as Promise<[number]>,
    child.stdout === null ? "" : text(child.stdout),
    child.stderr === null ? "" : text(child.stderr),
  ]);
  return { code, said, output };
}

/** For the operator: exit code 2, a sentence with the place, and no stack. */
function expectSentence({ code, said }: Ended, sentence: RegExp): void {
  expect(said).toMatch(sentence);
  expect(said).toMatch(/^earshot: /);
  expect(said).not.toMatch(/\n\s+at |node:internal|Error:/);
  expect(code).toBe(2);
}

test.each<readonly [string, readonly string[], RegExp]>([
  ["no command", [], /Usage: earshot start/],
  ["an unknown command", ["dance"], /Usage: earshot start/],
  ["two commands", ["start", "start"], /Usage: earshot start/],
  ["an unknown flag", ["start", "--loud"], /--loud[^]*Usage: earshot start/],
  ["a flag without its value", ["start", "--config"], /--config[^]*Usage: earshot start/],
])("%s is answered with the usage", async (_name, args, sentence) => {
  expectSentence(await run(args), sentence);
});

test.each([
  [["--help"], /Usage: earshot start[^]*earshot doctor[^]*earshot parked drop[^]*earshot certificate/],
  [["start", "--help"], /Usage: earshot start/],
  [["parked", "drop", "--help"], /Usage: earshot parked list[^]*--erase/],
])("%j is no failure", async (args, sentence) => {
  const { code, output, said } = await run(args);
  expect({ code, said }).toEqual({ code: 0, said: "" });
  expect(output).toMatch(sentence);
});

test("the command runs from anywhere, and on a Node that is too old for the connector hands over to its own", async () => {
  const launcher = path.resolve(import.meta.dirname, "../bin/earshot.js");
  const old = `Object.defineProperty(process.versions, "node", { value: "20.1.0" }); await import(${JSON.stringify(launcher)})`;
  for (const args of [
    [launcher, "--help"],
    ["--input-type=module", "-e", old, "earshot", "--help"],
  ]) {
    const child = spawn(process.execPath, args, { cwd: directory.path, stdio: ["ignore", "pipe", "inherit"] });
    const [[code], output] = await Promise.all([once(child, "exit") as Promise<[number]>, text(child.stdout)]);
    expect(output).toMatch(/Usage: earshot start/);
    expect(code).toBe(0);
  }
});

test("what cannot be reached now is told in a sentence", async () => {
  const journal = "postgres://earshot@127.0.0.1:1/earshot";
  const ended = await run(["parked", "list", "--config", toFile({ ...working(), journal })]);
  expect(ended).toMatchObject({
    code: 1,
    said: "earshot: The journal's database 127.0.0.1:1/earshot cannot be reached (ECONNREFUSED). Call it again when that is mended.\n",
  });
});

test("secrets may stand in a file", async () => {
  const lines = Object.entries(secrets()).map(([name, value]) => `${name}=${value}`);
  const named = ["--secrets", toFile(lines.join("\n"))];
  const { code, output } = await run(["doctor", "--config", toFile(working()), ...named], {});
  expect(output).toMatch(/^✓ Configuration/m);
  // There is no journal yet.
  expect(code).toBe(1);
  expectSentence(await run(["start", "--secrets", "nowhere.env"], {}), /nowhere\.env cannot be read/);
});

describe("a configuration that cannot work is answered with a sentence", () => {
  test("a file that is not there", async () => {
    expectSentence(await run(["start", "--config", "nowhere.yaml"]), /nowhere\.yaml cannot be read.*example/);
  });

  test("malformed YAML", async () => {
    expectSentence(await run(["start", "--config", toFile("accounts: [}")]), /not valid YAML/);
  });

  test("missing secrets", async () => {
    expectSentence(
      await run(["start", "--config", toFile(working())], {}),
      /EARSHOT_MASTODON_TOKEN is not set[^]*EARSHOT_SALESFORCE_CLIENT_SECRET is not set/,
    );
  });

  test("a token that the network does not know", async () => {
    expectSentence(
      await run(["start", "--config", toFile(working())], secrets({ EARSHOT_MASTODON_TOKEN: "wrong" })),
      /token/i,
    );
  });

  test("a secret that the CRM does not know", async () => {
    const ended = await run(
      ["start", "--config", toFile(working())],
      secrets({ EARSHOT_SALESFORCE_CLIENT_SECRET: "s3cr3t" }),
    );
    expectSentence(ended, /refuses the login.*EARSHOT_SALESFORCE_CLIENT_SECRET/);
    expect(ended.said).not.toContain("s3cr3t");
  });

  test("another org than the one that is meant", async () => {
    const file = toFile(working({ salesforce: { orgId: "00D000000000001AAA" } }));
    expectSentence(await run(["start", "--config", file]), /salesforce\.orgId names 00D000000000001AAA/);
  });

  test("an address that is no org's", async () => {
    const server = createServer((_request, response) => response.writeHead(404).end("<html>nothing here</html>"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const loginUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ended = await run(["start", "--config", toFile(working({ salesforce: { loginUrl } }))]);
    server.close();
    expectSentence(ended, /refuses the login: check salesforce\.loginUrl/);
  });
});

test("it says when it is ready, refuses a second one on its journal, and ends cleanly when told", async () => {
  const file = toFile(working());
  const child = start(["start", "--config", file]);
  const [message] = (await once(child, "message")) as [{ ready: string }];
  expect((await fetch(`${message.ready}/ready`)).status).toBe(200);
  expectSentence(await run(["start", "--config", file]), /journal-\d+\.db/);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});
