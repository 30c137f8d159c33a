import { systemClock } from "../../connector/clock.ts";
import { openPostgresPlace } from "../fakes/postgres.ts";
import type { CrmRow } from "./crm-user.ts";
import { openWorld, toConnector, waitFor, type Connector, type World } from "./world.ts";

/** Several connectors that share a journal on a real server, and the one of the world, which is never started. */
async function openReplicas(many: number) {
  const place = await openPostgresPlace();
  const world = await openWorld({ stopped: true, config: (config) => ({ ...config, journal: place.url }) });
  const replicas = Array.from({ length: many }, () => toConnector(() => world.config, systemClock));
  await Promise.all(replicas.map((replica) => replica.start()));
  await waitFor("the work to be divided", async () => {
    const lines = await Promise.all(replicas.map(sharesOf));
    return lines.every((line) => line?.startsWith(`${many} replicas`)) && sum(lines) === 17;
  });
  return {
    world,
    replicas,
    async [Symbol.asyncDispose]() {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await world[Symbol.asyncDispose]();
      await place[Symbol.asyncDispose]();
    },
  };
}

/** What `/health` says of a replica's part of the work. */
async function sharesOf({ url }: Connector): Promise<string | undefined> {
  const { parts } = (await (await fetch(`${url}/health`)).json()) as { parts: Record<string, { detail: string }> };
  return parts["shares"]?.detail;
}

function sum(lines: readonly (string | undefined)[]): number {
  return lines.reduce((all, line) => all + Number(/, (\d+) of 17/.exec(line ?? "")?.[1] ?? NaN), 0);
}

async function waitForCase(world: World, words: string): Promise<CrmRow> {
  return await waitFor(`the Case of "${words}"`, async () => {
    const rows = await world
      .crmUser("rita")
      .query(`SELECT Id, Case__c, Social_Account__c FROM Social_Post__c WHERE Excerpt__c LIKE '%${words}%'`);
    return rows.find((row) => row["Case__c"] !== null);
  });
}

test("two connectors share the work: each post becomes one Case, each answer is sent once, and when one stops the other takes over", async () => {
  await using opened = await openReplicas(2);
  const { world, replicas } = opened;
  const rita = world.crmUser("rita");
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => world.person(`guest_${n}`)));
  const said = await Promise.all(people.map((person, n) => person.post(`@nordwind where is my bag number${n}x?`)));
  const asked: CrmRow[] = [];
  for (const n of people.keys()) asked.push(await waitForCase(world, `number${n}x`));
  expect(new Set(asked.map((row) => row["Case__c"])).size).toBe(12);
  expect(await rita.query("SELECT Id FROM Case WHERE Origin = 'Social'")).toHaveLength(12);

  for (const [n, row] of asked.entries())
    await rita.create("Social_Reply__c", {
      Post__c: row.Id,
      Case__c: row["Case__c"],
      Social_Account__c: row["Social_Account__c"],
      Text__c: `We look for it. answer${n}x`,
      Route__c: "Public reply",
      Status__c: "Queued",
    });
  await waitFor("all answers to be sent", async () => {
    const rows = await rita.query("SELECT Id FROM Social_Reply__c WHERE Status__c = 'Sent'");
    return rows.length === 12;
  });

  await replicas[0]?.stop();
  await waitFor("the other one to hold all", async () => {
    const line = replicas[1] && (await sharesOf(replicas[1]));
    return line === "1 replica, 17 of 17 shares here";
  });
  await people[0]?.post("@nordwind and where are my skis?");
  await waitForCase(world, "my skis");
  for (const [n, shown] of said.entries()) {
    const answers = (await people[n]?.answersTo(shown)) ?? [];
    expect(answers.filter(({ content }) => content.includes(`answer${n}x`))).toHaveLength(1);
  }
}, 120_000);
