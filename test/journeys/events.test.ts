import type { CrmRow, CrmUser } from "./crm-user.ts";
import { openWorld, waitFor, type World } from "./world.ts";

const CONNECTOR = "connector@nordwind.example";

let world: World;
let rita: CrmUser;
let endpoint = "";
let question: CrmRow;

/** Nothing is found by looking: a sweep comes with the start, and then once an hour. */
beforeAll(async () => {
  world = await openWorld({
    stopped: true,
    config: (config) => ({
      ...config,
      salesforce: { ...config.salesforce, sweepSeconds: 3600, events: { endpoint, insecure: true } },
    }),
  });
  ({ endpoint } = await world.sandbox.org.listenPubSub(0));
  rita = world.crmUser("rita");
  await world.connector.start();
  const anna = await world.person("anna");
  const said = await anna.post("@nordwind where is my bag?");
  question = await waitFor("the question", async () => {
    const fields = "Id, Case__c, Social_Account__c";
    const [row] = await rita.query(
      `SELECT ${fields} FROM Social_Post__c WHERE External_Key__c LIKE '%/${said.id}' AND Case__c != null`,
    );
    return row;
  });
  await untilConnected();
}, 90_000);
afterAll(() => world[Symbol.asyncDispose]());

interface Parts {
  readonly parts: Readonly<Record<string, { readonly state: string; readonly detail: string } | undefined>>;
}

async function detail(): Promise<string> {
  const { parts } = (await (await fetch(`${world.connector.url}/health`)).json()) as Parts;
  return parts["crm events"]?.detail ?? "";
}

async function untilConnected(): Promise<void> {
  await waitFor("events", async () => (await detail()) === "connected");
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${world.connector.url}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

async function order(act: string): Promise<void> {
  await fetch(`${world.sandbox.orgUrl}/sandbox/pubsub`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ act }),
  });
}

function answer(text: string): Promise<string> {
  return rita.create("Social_Reply__c", {
    Post__c: question.Id,
    Case__c: question["Case__c"],
    Social_Account__c: question["Social_Account__c"],
    Text__c: text,
    Route__c: "Public reply",
    Status__c: "Queued",
  });
}

const sent = (id: string): Promise<boolean> =>
  waitFor("the answer to be sent", async () => {
    const [row] = await rita.query(`SELECT Id, Status__c FROM Social_Reply__c WHERE Id = '${id}'`);
    return row?.["Status__c"] === "Sent";
  });

test("an answer leaves by the event alone, and what the connector writes itself calls for no look", async () => {
  const wakings = await metric('earshot_crm_events_total{worth="waking"}');
  await sent(await answer("It is in Oslo."));
  await waitFor("our own events", async () => (await metric('earshot_crm_events_total{worth="own"}')) >= 2);
  expect(await metric('earshot_crm_events_total{worth="waking"}')).toBe(wakings + 1);
  expect(await metric("earshot_crm_events_connected")).toBe(1);
});

test("what is written while the line is cut leaves when it stands again", async () => {
  await order("drop");
  await sent(await answer("It comes with the evening flight."));
  await untilConnected();
});

test("an expired session is renewed, and the events go on", async () => {
  const path = `/sandbox/sessions?user=${encodeURIComponent(CONNECTOR)}`;
  await fetch(`${world.sandbox.orgUrl}${path}`, { method: "DELETE" });
  await sent(await answer("Somebody brings it to you."));
  await untilConnected();
});

test("what is written while the connector is down leaves when it is back", async () => {
  await world.connector.stop();
  const id = await answer("It is on its way.");
  await world.connector.start();
  await sent(id);
  await untilConnected();
});

test("where the bus has forgotten our place, it begins anew and nothing is missed", async () => {
  await world.connector.stop();
  await order("forget");
  await world.connector.start();
  await untilConnected();
  await sent(await answer("Did you get it?"));
});
