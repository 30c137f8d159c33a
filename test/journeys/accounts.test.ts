import { systemClock } from "../../connector/clock.ts";
import { readParked } from "../../connector/flow/consuming/parked.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import { openImportDesk } from "../../connector/wire/import-desk.ts";
import { openWorld, waitFor } from "./world.ts";

test("an account whose token is refused stands still, and the others are heard and recorded", async () => {
  await using world = await openWorld({
    stopped: true,
    config: (config) => ({
      ...config,
      accounts: config.accounts.flatMap((account) => [
        { ...account, tokenEnv: "EARSHOT_REVOKED_TOKEN", token: "revoked" },
        account,
      ]),
    }),
  });
  // It never gets ready: one of its parts stands still.
  let isReady = false;
  const starting = world.connector.start().then(() => {
    isReady = true;
  });
  await waitFor("its streams", async () => {
    const answer = await fetch(`${world.sandbox.networkUrl}/sandbox/streams`);
    return ((await answer.json()) as { open: number }).open > 0;
  });
  const anna = await world.person("anna");
  await anna.post("@nordwind where is my bag?");
  await waitFor("the Case", async () => {
    const cases = await world.crmUser("rita").query("SELECT Id FROM Case WHERE Origin = 'Social'");
    return cases.length === 1;
  });
  expect(isReady).toBe(false);
  await world.connector.stop();
  await expect(starting).resolves.toBeUndefined();
});

test("an account that was let in before and is no longer is Disconnected, and what it had heard is recorded", async () => {
  let isRevoked = false;
  await using world = await openWorld({
    config: (config) => ({
      ...config,
      accounts: config.accounts.map((account) => (isRevoked ? { ...account, token: "revoked" } : account)),
    }),
  });
  const accounts = () => world.crmUser("rita").query("SELECT Health__c, Health_Detail__c FROM Social_Account__c");
  const health = async () => (await accounts())[0]?.["Health__c"];
  await waitFor("its row", async () => (await health()) === "Connected");
  await world.connector.stop();

  isRevoked = true;
  const starting = world.connector.start();
  await waitFor("its state", async () => (await health()) === "Disconnected");
  expect((await accounts())[0]?.["Health_Detail__c"]).toMatch(/refuses the token/);
  const tasks = () => world.crmUser("rita").query("SELECT Subject, Description FROM Task WHERE IsClosed = false");
  await waitFor("the coordinator's Task", async () => (await tasks()).length > 0);
  expect(await tasks()).toHaveLength(1);
  await world.connector.stop();
  await starting;
});

test("what waits for an account that cannot be opened holds up nobody else's posts", async () => {
  const shop = { network: "webhook", name: "shop", label: "Shop", secretEnv: "EARSHOT_SHOP", secret: "none" } as const;
  await using world = await openWorld({
    stopped: true,
    config: (config) => ({ ...config, accounts: [...config.accounts, shop] }),
  });
  // An import while the secret is wrong: many authors, so that each partition has some of it.
  const { journal: file } = world.config;
  {
    await using journal = await openSqliteJournal({ file, clock: systemClock });
    const desk = await openImportDesk({ journal, clock: systemClock }, shop);
    const events = Array.from({ length: 60 }, (_, n) => {
      const postedAt = new Date().toISOString();
      const author = { id: `a${n}`, handle: `a${n}` };
      const told = desk.read({ type: "posted", id: `r${n}`, kind: "review", postedAt, text: "It never came.", author });
      if (!("event" in told)) throw new Error("It is no event");
      return told.event;
    });
    await desk.keep(events);
  }
  const starting = world.connector.start();
  await waitFor("its streams", async () => {
    const answer = await fetch(`${world.sandbox.networkUrl}/sandbox/streams`);
    return ((await answer.json()) as { open: number }).open > 0;
  });
  const anna = await world.person("anna");
  await anna.post("@nordwind where is my bag?");
  const cases = () => world.crmUser("rita").query("SELECT Id FROM Case WHERE Origin = 'Social'");
  await waitFor("the Case", async () => (await cases()).length === 1);
  await using journal = await openSqliteJournal({ file, clock: systemClock, visitor: true });
  const parked = await waitFor("all of the shop's to be parked", async () => {
    const found = await Array.fromAsync(readParked(journal, "posts"));
    return found.length === 60 && found;
  });
  expect(new Set(parked.map(({ reason }) => reason))).toEqual(new Set(["waiting"]));
  await world.connector.stop();
  await starting;
});
