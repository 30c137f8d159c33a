import { company, never } from "../../../test/contracts/crm/place.ts";
import { orderFaults, salesforceOptions } from "../../../test/contracts/crm/salesforce-place.ts";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { waitFor } from "../../../test/journeys/wait-for.ts";
import { openTestOrg, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import type { News } from "../crm.ts";
import { openSalesforce } from "./index.ts";

const START = "2026-03-02T09:00:00.000Z";
const toNews = (health: News["health"]): News => ({
  ...{ account: company, health, detail: `It is ${health}.` },
  ...{ lastHeardAt: undefined, coverage: [] },
});

async function healthIn({ url, org }: TestOrg): Promise<unknown> {
  const token = org.tokenFor("ada@nordwind.example");
  const soql = encodeURIComponent("SELECT Health__c FROM Social_Account__c");
  const answer = await fetch(`${url}/services/data/v66.0/query?q=${soql}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as { records: { Health__c: string }[] }).records[0]?.Health__c;
}

test("a report that was given up and comes late does not turn an account's health back", async () => {
  await using org = await openTestOrg();
  const clock = manualClock(START);
  const crm = await openSalesforce({ ...salesforceOptions(org.url), clock }, never);
  const faults = `${org.url}/sandbox/faults`;
  await orderFaults(org.url, [{ match: { path: "/composite", body: "It is Disconnected." }, act: "hold" }]);
  const givingUp = new AbortController();
  const lost = crm.report([toNews("Disconnected")], givingUp.signal);
  await waitFor("a held call", async () => ((await (await fetch(faults)).json()) as { held: number }).held > 0);
  givingUp.abort(new Error("given up"));
  await expect(lost).rejects.toThrow("given up");
  clock.advance(1);
  await crm.report([toNews("Connected")], never);
  await fetch(faults, { method: "DELETE" });
  expect(await healthIn(org)).toBe("Connected");
});

test("an account's health is told although the clock went back", async () => {
  await using org = await openTestOrg();
  for (const [health, now] of [
    ["Connected", START],
    ["Degraded", "2026-03-02T08:00:00.000Z"],
    ["Disconnected", "2026-03-02T07:00:00.000Z"],
  ] as const) {
    const crm = await openSalesforce({ ...salesforceOptions(org.url), clock: manualClock(now) }, never);
    await crm.report([toNews(health)], never);
    expect(await healthIn(org)).toBe(health);
  }
});

test("an account that is heard elsewhere has its row made, and one that is there stays as it is", async () => {
  await using org = await openTestOrg();
  const crm = await openSalesforce({ ...salesforceOptions(org.url), clock: manualClock(START) }, never);
  await crm.report([{ ...toNews("Degraded"), born: true }], never);
  expect(await healthIn(org)).toBe("Degraded");
  await crm.report([toNews("Connected")], never);
  await crm.report([{ ...toNews("Degraded"), born: true }], never);
  expect(await healthIn(org)).toBe("Connected");
});
