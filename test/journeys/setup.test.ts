import { earshot } from "./earshot.ts";
import { openWorld, waitFor, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld({ stopped: true });
}, 60_000);
afterAll(() => world[Symbol.asyncDispose]());

test("from an org that is ready to the first Case: setup says at each step what is left", async () => {
  const first = await earshot(world.config, "setup");
  expect(first.out).toMatch(/✓ Default rules: \d+ were made\./);
  expect(first.out).toMatch(/☐ \d\. The connector: [^]*☐ \d\. The first Case: [^]*2 of \d are left/);
  expect(first.code).toBe(0);

  await world.connector.start();
  const anna = await world.person("anna");
  await anna.post("@nordwind my bag is lost, and nobody helps me!");
  const last = await waitFor("setup to find nothing left", async () => {
    const again = await earshot(world.config, "setup");
    return again.out.includes("Nothing is left to do.") && again;
  });
  expect(last.code).toBe(0);
  expect(last.out).toMatch(/✓ Default rules: All \d+ are there; nothing was changed\./);
  expect(last.out).not.toMatch(/[✗☐]/);
}, 60_000);

test("a default rule that a coordinator changed stays so, until it is put back by its name", async () => {
  const cora = world.crmUser("cora");
  const rule = async () =>
    (await cora.query("SELECT Id, Priority__c FROM Social_Rule__c WHERE External_Key__c = 'strong-words'"))[0];
  await cora.update("Social_Rule__c", (await rule())?.Id ?? "", { Priority__c: "Low" });
  await earshot(world.config, "setup");
  expect(await rule()).toMatchObject({ Priority__c: "Low" });
  const { code, out } = await earshot(world.config, "setup", "--reset", "strong-words");
  expect([code, out]).toEqual([0, expect.stringContaining("strong-words is again what came with Earshot")]);
  expect(await rule()).toMatchObject({ Priority__c: "High" });
});
