import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { openDirectory } from "../fakes/directory.ts";
import { openCrmUser, type CrmUser } from "./crm-user.ts";
import { openNetworkUser } from "./network-user.ts";
import { waitFor } from "./wait-for.ts";

const START = path.resolve(import.meta.dirname, "../../scripts/start.ts");

interface Ready {
  readonly console: string;
  readonly org: string;
  readonly network: string;
  readonly connector: string;
  readonly company: string;
}

/** `npm start`, as the leader of a process group of its own. */
interface Started {
  readonly child: ChildProcess;
  readonly ready: Ready;
  /** To the whole group, as a shell or a power cut would. */
  signal(name: NodeJS.Signals): Promise<number | null>;
}

let directory: Awaited<ReturnType<typeof openDirectory>>;
let port: number;
const started: ChildProcess[] = [];

beforeAll(async () => {
  directory = await openDirectory();
  port = await freePorts();
});
afterAll(async () => {
  for (const child of started) endGroup(child, "SIGKILL");
  await directory[Symbol.asyncDispose]();
});

/** A port that is free, as those are that belong to it: 10, 11, 20 and 21 further. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = await freePort(0);
    const others = await Promise.allSettled([10, 11, 20, 21].map((further) => freePort(first + further)));
    if (others.every(({ status }) => status === "fulfilled")) return first;
  }
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

function spawnStart(): ChildProcess {
  const flags = ["--json", "--no-samples", "--port", String(port), "--data", directory.path];
  const child = spawn(process.execPath, ["--no-warnings", START, ...flags], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  return child;
}

async function start(): Promise<Started> {
  const child = spawnStart();
  if (child.stdout === null) throw new Error("it has no output");
  const complaint: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => complaint.push(chunk.toString()));
  const ended = once(child, "close").then(() => Promise.reject(new Error(`It ended by itself: ${complaint.join("")}`)));
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [string];
  return {
    child,
    ready: JSON.parse(line) as Ready,
    async signal(name) {
      const exit = once(child, "exit") as Promise<[number | null]>;
      endGroup(child, name);
      return (await exit)[0];
    },
  };
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, name);
}

function isGroupGone({ pid }: ChildProcess): boolean {
  try {
    process.kill(-(pid ?? 0), 0);
    return false;
  } catch {
    return true;
  }
}

async function userOf({ org }: Ready, name: string): Promise<CrmUser> {
  const response = await fetch(`${org}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "urn:earshot:sandbox-user",
      client_id: "sandbox",
      client_secret: "sandbox",
      username: `${name}@nordwind.example`,
    }),
  });
  return openCrmUser(org, ((await response.json()) as { access_token: string }).access_token);
}

const ours = "Persona__r.Handle__c LIKE 'traveller%' AND Direction__c = 'Inbound'";

test("kill -9 of everything, in the middle of it, loses nothing and doubles nothing", async () => {
  const first = await start();
  expect(first.ready).toEqual({
    console: `http://localhost:${port}`,
    org: `http://localhost:${port}`,
    network: `http://localhost:${port + 10}`,
    connector: `http://localhost:${port + 20}`,
    company: "@nordwind",
  });
  const handles = Array.from({ length: 12 }, (_, index) => `traveller_${index}`);
  const people = await Promise.all(handles.map((handle) => openNetworkUser(first.ready.network, handle)));
  const said: string[] = [];
  for (const person of people) said.push((await person.post("@nordwind where is my bag?")).id);
  const rita = await userOf(first.ready, "rita");
  const post = await waitFor("the first post in the CRM", async () => {
    const rows = await rita.query(`SELECT Id, External_Key__c, Social_Account__c FROM Social_Post__c WHERE ${ours}`);
    return rows[0];
  });
  await rita.create("Social_Reply__c", {
    Post__c: post.Id,
    Social_Account__c: post["Social_Account__c"],
    Text__c: "It comes with the evening flight.",
    Route__c: "Public reply",
    Status__c: "Queued",
  });
  for (const person of people) said.push((await person.post("@nordwind and who pays for it?")).id);
  await first.signal("SIGKILL");

  const second = await start();
  const again = await userOf(second.ready, "rita");
  const rows = await waitFor("all posts in the CRM", async () => {
    const found = await again.query(`SELECT Id, External_Key__c, Case__c FROM Social_Post__c WHERE ${ours}`);
    return found.length >= said.length && found;
  });
  const keys = rows.map((row) => String(row["External_Key__c"]).split("/").at(-1));
  expect([...keys].sort()).toEqual([...said].sort());
  const replies = await waitFor("the answer to be sent", async () => {
    const found = await again.query("SELECT Id, Status__c FROM Social_Reply__c WHERE Status__c = 'Sent'");
    return found.length > 0 && found;
  });
  expect(replies).toHaveLength(1);
  const answered = String(post["External_Key__c"]).split("/").at(-1) ?? "";
  const person = await openNetworkUser(second.ready.network, "traveller_0");
  const answers = await person.answersTo({ id: answered } as Parameters<typeof person.answersTo>[0]);
  expect(answers).toMatchObject([{ account: { acct: "nordwind" } }]);
  const cases = await again.query("SELECT Id FROM Case WHERE Social_Persona__r.Handle__c LIKE 'traveller%'");
  expect(new Set(rows.map((row) => row["Case__c"])).size).toBe(cases.length);

  const third = spawnStart();
  const complaint: string[] = [];
  third.stderr?.on("data", (chunk: Buffer) => complaint.push(chunk.toString()));
  const [code] = (await once(third, "close")) as [number];
  expect(code).not.toBe(0);
  expect(complaint.join("")).toMatch(/another Earshot/i);
  expect(complaint.join("")).not.toMatch(/\n\s+at /);
  await waitFor("the second to be well", async () => (await fetch(`${second.ready.connector}/ready`)).status === 200);

  expect(await second.signal("SIGINT")).toBe(0);
  await waitFor("the whole group to be gone", async () => await Promise.resolve(isGroupGone(second.child)));
}, 120_000);
