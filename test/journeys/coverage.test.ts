import { openWorld, waitFor, type World } from "./world.ts";

interface Shown {
  readonly accounts: readonly {
    readonly handle: string | null;
    readonly feeds: readonly {
      readonly feed: string;
      readonly gaps: readonly { readonly state: string; readonly cause: string }[];
    }[];
  }[];
}

async function readGaps({ connector }: World, feed: string): Promise<readonly string[]> {
  const shown = (await (await fetch(`${connector.url}/coverage`)).json()) as Shown;
  const gaps = shown.accounts
    .flatMap(({ feeds }) => feeds.filter((one) => one.feed === feed))
    .flatMap((one) => one.gaps);
  return gaps.map(({ state, cause }) => `${state}: ${cause}`);
}

async function ask(world: World, method: string, path: string, body?: unknown): Promise<void> {
  const answer = await fetch(world.sandbox.networkUrl + path, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
}

async function findCase(world: World, about: string): Promise<Record<string, unknown> | undefined> {
  const rows = await world.crmUser("rita").query("SELECT Subject, Description FROM Case WHERE Origin = 'Social'");
  return rows.find((row) => JSON.stringify(row).includes(about));
}

test("what was deleted while the stream was down is found when it stands again, and the gap is shown open, then closed", async () => {
  await using world = await openWorld();
  const anna = await world.person("anna");
  const post = await anna.post("@nordwind where is my purple bag?");
  await waitFor("the Case", () => findCase(world, "purple bag"));

  await ask(world, "POST", "/sandbox/faults", [
    { match: { path: "/api/v1/streaming" }, act: "drop-before", times: 10_000 },
  ]);
  await ask(world, "POST", "/sandbox/streams/drop");
  await waitFor("the gap", async () => (await readGaps(world, "notifications")).includes("open: stream dropped"));
  const metrics = await (await fetch(`${world.connector.url}/metrics`)).text();
  expect(metrics).toMatch(/earshot_gap_open\{account="nordwind@[^"]*",feed="notifications"\} 1/);
  expect(metrics).toMatch(/earshot_gaps_total\{cause="stream dropped"\} [1-9]/);
  await anna.remove(post);

  await ask(world, "DELETE", "/sandbox/faults");
  await waitFor("the gap to close", async () =>
    (await readGaps(world, "notifications")).includes("closed: stream dropped"),
  );
  await waitFor("the words to go", async () => (await findCase(world, "purple bag")) === undefined);
}, 60_000);

test("what was deleted and edited while the connector stood still is found at its start", async () => {
  await using world = await openWorld();
  const anna = await world.person("anna");
  const ben = await world.person("ben");
  const deleted = await anna.post("@nordwind where is my purple bag?");
  const edited = await ben.post("@nordwind where is my orange bag?");
  await waitFor(
    "the Cases",
    async () => (await findCase(world, "purple bag")) && (await findCase(world, "orange bag")),
  );
  await world.connector.stop();
  await anna.remove(deleted);
  await ben.edit(edited, "@nordwind where is my yellow bag?");
  await world.connector.start();
  await waitFor("the words to go", async () => (await findCase(world, "purple bag")) === undefined);
  const rows = await waitFor("the edit", async () => {
    const found = await world.crmUser("rita").query("SELECT Text__c FROM Social_Post__c WHERE Deleted_At__c = null");
    return found.some((row) => String(row["Text__c"]).includes("yellow bag")) && found;
  });
  expect(JSON.stringify(rows)).not.toContain("orange bag");
}, 60_000);

test("with the disk nearly full listening stops and says so, and with room again all that was said is brought", async () => {
  let isFull = true;
  await using world = await openWorld({
    config: (config) => ({ ...config, journalFreeMegabytes: isFull ? 1_000_000_000 : 16 }),
  });
  const anna = await world.person("anna");
  await anna.post("@nordwind where is my purple bag?");
  await waitFor("the gap", async () => (await readGaps(world, "notifications")).includes("open: disk nearly full"));
  const ready = await fetch(`${world.connector.url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.text()).toContain("Free some: listening goes on by itself");

  await world.connector.stop();
  isFull = false;
  await world.connector.start();
  await waitFor("the Case", () => findCase(world, "purple bag"));
  await waitFor("the gap to close", async () =>
    (await readGaps(world, "notifications")).includes("closed: disk nearly full"),
  );
}, 60_000);
