import { defaultRows } from "../../../connector/rules/default-rows.ts";
import { profiles } from "../../../sandbox/org/access/to-access.ts";
import { readMetadata } from "../../../sandbox/org/metadata/index.ts";
import { sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { editingContract } from "../../contracts/crm/editing.ts";
import { erasingContract } from "../../contracts/crm/erasing.ts";
import { followingContract } from "../../contracts/crm/following.ts";
import { formerWordsContract } from "../../contracts/crm/former-words.ts";
import { keepingContract } from "../../contracts/crm/keeping.ts";
import { lateWritesContract } from "../../contracts/crm/late-writes.ts";
import { company, never, type CrmPlace, type Promised } from "../../contracts/crm/place.ts";
import { recallingContract } from "../../contracts/crm/recalling.ts";
import { recordingContract } from "../../contracts/crm/recording.ts";
import { replyingContract } from "../../contracts/crm/replying.ts";
import { openSalesforcePlace } from "../../contracts/crm/salesforce-place.ts";
import { grantsOf } from "./grants.ts";
import { openSieve, type Sieve } from "./sieve.ts";
import { withSets } from "./trial.ts";

const HELD = ["Social_Connector", "Social_Connector_Org", "Nordwind_Fields"];
const contracts = [
  ...[recallingContract, recordingContract, editingContract, formerWordsContract, erasingContract],
  ...[lateWritesContract, followingContract, keepingContract, replyingContract],
];

/** A sieve with every grant of both of the connector's sets. */
function openConnectorSieve(served: TestOrg): Promise<Sieve> {
  const sets = readMetadata(sourceFolders).permissionSets.filter(({ name }) => HELD.includes(name));
  const user = served.org.store.actor("connector@nordwind.example");
  if (user === undefined) throw new Error("There is no connector");
  const suspects = sets
    .filter(({ name }) => name !== "Nordwind_Fields")
    .flatMap((set) =>
      grantsOf(set).map((grant) => {
        const less = sets.map((one) => (one === set ? grant.taken : one));
        return { ...grant, name: `${set.name}: ${grant.name}`, less: withSets(user, profiles.integration, less) };
      }),
    );
  return openSieve(served, withSets(user, profiles.integration, sets), suspects);
}

/** Everything that the connector promises to do in the org, and what setup and doctor do there. */
async function doEverything(place: CrmPlace): Promise<void> {
  const news = { account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] } as const;
  await place.crm.report([news], never);
  const bodies: Parameters<Promised>[1][] = [];
  for (const contract of contracts) contract((_name, body) => bodies.push(body));
  for (const body of bodies) {
    await body(place);
    await place.endTrouble();
  }
  expect(defaultRows.length).toBeGreaterThan(0);
  await place.crm.examine(never);
  await place.crm.chores(never);
}

test("the connector has nothing that it can work without", async () => {
  const opened: { sieve?: Sieve } = {};
  await using place = await openSalesforcePlace(async (served) => {
    opened.sieve = await openConnectorSieve(served);
    return opened.sieve.url;
  });
  await doEverything(place);
  expect(opened.sieve?.left()).toEqual([]);
  await opened.sieve?.[Symbol.asyncDispose]();
}, 120_000);
