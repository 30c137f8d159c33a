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
