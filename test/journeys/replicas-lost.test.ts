import { systemClock } from "../../connector/clock.ts";
import { openCutLine } from "../fakes/cut-line.ts";
import { openPostgresPlace } from "../fakes/postgres.ts";
import type { CrmRow } from "./crm-user.ts";
import { openTap } from "./kill/tap.ts";
import { startReplica, type ReplicaChild } from "./replica-child.ts";
import { openWorld, toConnector, waitFor, type World } from "./world.ts";

interface Health {
  readonly parts: Readonly<Record<string, { readonly state: string; readonly detail: string }>>;
}

async function look({ url }: { readonly url: string }): Promise<Health & { readonly isReady: boolean }> {
  if (url === "") return { isReady: false, parts: {} };
  const answer = await fetch(`${url}/ready`);
  return { isReady: answer.ok, ...((await answer.json()) as Health) };
}

/** What `/ready` says of a replica's part of the work. */
async function sharesOf(replica: { readonly url: string }): Promise<string | undefined> {
  return (await look(replica)).parts["shares"]?.detail;
}

async function waitForShares(replica: { readonly url: string }, line: RegExp): Promise<void> {
  await waitFor(`the shares to be ${String(line)}`, async () => line.test((await sharesOf(replica)) ?? ""));
}

/** Until it has begun to listen: what was said before is none of its business. */
async function waitUntilHearing(replica: { readonly url: string }): Promise<void> {
  await waitFor("it to hear", async () => {
    const { isReady, parts } = await look(replica);
    return isReady && Object.keys(parts).some((part) => part.endsWith("(notifications)"));
  });
}

async function waitForCase(world: World, words: string): Promise<CrmRow> {
  return await waitFor(`the Case of "${words}"`, async () => {
    const rows = await world
      .crmUser("rita")
      .query(`SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE Excerpt__c LIKE '%${words}%'`);
    return rows.find((row) => row["Case__c"] !== null);
  });
}

async function answer(world: World, row: CrmRow): Promise<void> {
  await world.crmUser("rita").create("Social_Reply__c", {
    ...{ Post__c: row.Id, Case__c: row["Case__c"], Social_Account__c: row["Social_Account__c"] },
    ...{ Text__c: "It comes with the evening flight.", Route__c: "Public reply", Status__c: "Queued" },
  });
}

async function waitUntilSent(world: World): Promise<void> {
  const rita = world.crmUser("rita");
  await waitFor("the answer to be sent", async () => {
    const rows = await rita.query("SELECT Id FROM Social_Reply__c WHERE Status__c = 'Sent'");
    return rows.length === 1;
  });
}

/** Connectors in processes of their own, on lines of which `onClaimed` and `onTaken` tell how far an answer is. */
async function openChildren() {
  const place = await openPostgresPlace();
  const world = await openWorld({ stopped: true });
  const told = { onClaimed: (): void => undefined, onTaken: (): void => undefined };
  const watch = (isMeant: (body: string) => boolean, tell: () => void) => {
    const meant = new Set<number>();
    let requests = 0;
    return {
      begin(_what: unknown, body: Buffer) {
        requests += 1;
        if (isMeant(body.toString())) meant.add(requests);
        return requests;
      },
      happened(_what: unknown, n: number) {
        if (meant.delete(n)) tell();
        return true;
      },
    };
  };
  const isClaim = (body: string): boolean => body.includes('"Sending"');
  const isAnswer = (body: string): boolean => /evening(?: |\+|%20)flight/.test(body);
  const crm = watch(isClaim, () => told.onClaimed());
  const network = watch(isAnswer, () => told.onTaken());
  const crmLine = await openTap(world.sandbox.orgUrl, "CRM request", crm);
  const networkLine = await openTap(world.sandbox.networkUrl, "network request", network);
  const children: ReplicaChild[] = [];
  return {
    world,
    told,
    start(name: string): ReplicaChild {
      const lines = { orgUrl: crmLine.url, networkUrl: networkLine.url };
      const child = startReplica({ world, name, journal: place.url, ...lines });
      children.push(child);
      return child;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map((child) => child[Symbol.asyncDispose]()));
      for (const one of [crmLine, networkLine, world, place]) await one[Symbol.asyncDispose]();
    },
  };
}

test("a connector that is frozen with an answer in its hands is taken over from, and sends it no second time when it wakes up", async () => {
  await using opened = await openChildren();
  const { world, told } = opened;
  const guest = await world.person("guest");
  const frozen = opened.start("frozen");
  await waitUntilHearing(frozen);
  const said = await guest.post("@nordwind where is my bag?");
  const row = await waitForCase(world, "my bag");
  const isFrozen = new Promise<void>((resolve) => {
    told.onClaimed = () => {
      frozen.process.kill("SIGSTOP");
      told.onClaimed = () => undefined;
      resolve();
    };
  });
  await answer(world, row);
  await isFrozen;

  const other = opened.start("other");
  await waitUntilSent(world);
  frozen.process.kill("SIGCONT");
  await Promise.all([waitForShares(frozen, /^2 replicas, [89] of/), waitForShares(other, /^2 replicas, [89] of/)]);
  await waitFor("both to be ready", async () => (await look(frozen)).isReady && (await look(other)).isReady);
  expect(await guest.answersTo(said)).toHaveLength(1);
  expect(await world.crmUser("rita").query("SELECT Id FROM Case WHERE Origin = 'Social'")).toHaveLength(1);
}, 60_000);

test("a connector that dies before it learns that the network took its answer leaves it to another, which looks and does not send", async () => {
  await using opened = await openChildren();
  const { world, told } = opened;
  const guest = await world.person("guest");
  const dying = opened.start("dying");
  await waitUntilHearing(dying);
  const said = await guest.post("@nordwind where is my bag?");
  const row = await waitForCase(world, "my bag");
  let sends = 0;
  told.onTaken = () => {
    sends += 1;
    if (sends === 1) dying.process.kill("SIGKILL");
  };
  await answer(world, row);

  const other = opened.start("other");
  await waitUntilSent(world);
  await waitForShares(other, /^1 replica, 17 of 17/);
  expect(sends).toBe(1);
  expect(await guest.answersTo(said)).toHaveLength(1);
}, 60_000);

test("a connector that was cut off from its journal and its CRM comes back, and none is held to wait for what came back too", async () => {
  await using place = await openPostgresPlace();
  await using world = await openWorld({ stopped: true });
  const url = new URL(place.url);
  await using journalLine = await openCutLine(Number(url.port));
  await using crmLine = await openCutLine(Number(new URL(world.sandbox.orgUrl).port));
  url.port = String(journalLine.port);
  const salesforce = { ...world.config.salesforce, loginUrl: `http://localhost:${crmLine.port}` };
  const cutOff = toConnector(() => ({ ...world.config, journal: url.href, salesforce }), systemClock);
  const other = toConnector(() => ({ ...world.config, journal: place.url }), systemClock);
  await using stopped = new AsyncDisposableStack();
  stopped.defer(() => cutOff.stop());
  stopped.defer(() => other.stop());
  await cutOff.start();
  await waitForShares(cutOff, /17 of 17/);
  await other.start();
  await Promise.all([cutOff, other].map((replica) => waitForShares(replica, /^2 replicas, [89] of/)));

  await crmLine.cut();
  await waitFor("it to wait for its CRM", async () => (await look(cutOff)).parts["crm"]?.state === "waiting");
  await journalLine.cut();
  await waitForShares(other, /^1 replica, 17 of/);
  await Promise.all([crmLine.mend(), journalLine.mend()]);
  await Promise.all([cutOff, other].map((replica) => waitForShares(replica, /^2 replicas, [89] of/)));
  await waitFor("both to be ready", async () => (await look(cutOff)).isReady && (await look(other)).isReady, 10_000);
  const guest = await world.person("guest");
  await guest.post("@nordwind where is my bag?");
  await waitForCase(world, "my bag");
}, 60_000);
