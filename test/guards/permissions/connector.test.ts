import { profiles } from "../../../sandbox/org/access/to-access.ts";
import { readMetadata } from "../../../sandbox/org/metadata/index.ts";
import { sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { editingContract } from "../../contracts/crm/editing.ts";
import { recallAndRecord, toNewCase, toOpening } from "../../contracts/crm/drafts.ts";
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

/** What the sandbox cannot take away, or what happens too seldom for a contract; the calls name them. */
const UNPLAYED: readonly string[] = [
  // The sandbox shows everybody these fields of the platform, answers everybody's calls, and hides nobody's activities.
  ...["Case.ClosedDate readable", "userPermissions ApiEnabled", "userPermissions ActivitiesAccess"],
  ...["ActivityDate", "Description", "WhatId", "WhoId"].flatMap((field) => [
    `Task.${field} readable`,
    `Task.${field} editable`,
  ]),
  // A reply that was written while its Case was merged away follows it; a private one is erased with its post.
  ...["Social_Reply__c.Case__c editable", "Social_Reply__c.Private_Text__c editable"],
];

/** A sieve with every grant of both of the connector's sets. */
function openConnectorSieve(served: TestOrg): Promise<Sieve> {
  const sets = readMetadata(sourceFolders).permissionSets.filter(({ name }) => HELD.includes(name));
  const user = served.org.store.actor("connector@nordwind.example");
  if (user === undefined) throw new Error("There is no connector");
  // Owns nothing: as after a change of the integration user.
  const newcomer = { ...user, id: served.org.store.actor("nora@nordwind.example")?.id ?? "", owns: new Set<string>() };
  const suspects = sets
    .filter(({ name }) => name !== "Nordwind_Fields")
    .flatMap((set) =>
      grantsOf(set).map((grant) => {
        const less = sets.map((one) => (one === set ? grant.taken : one));
        const isUnplayed = UNPLAYED.includes(grant.name);
        return { ...grant, isUnplayed, less: withSets(newcomer, profiles.integration, less) };
      }),
    );
  return openSieve(served, withSets(newcomer, profiles.integration, sets), suspects);
}

/** A post of somebody whose profile is known, to our account, with a Case that follows another one. */
async function recordInFull({ crm, takeCase, casesOf }: CrmPlace): Promise<void> {
  const first = toOpening("full", "fay", { account: company.key });
  const { author } = first.post;
  const url = "https://social.example/fay";
  const known = { ...author, profileUrl: url, avatarUrl: `${url}.png`, followers: 12 };
  await recallAndRecord(crm, [{ ...first, post: { ...first.post, author: known } }]);
  const [parent] = await casesOf(author.key);
  await takeCase(parent?.id ?? "");
  const second = toOpening("fuller", "fay");
  const home = { ...toNewCase(second, 2), parentCaseId: parent?.id };
  await recallAndRecord(crm, [{ ...second, home }]);
}

/** Everything that the connector promises to do in the org, and what setup and doctor do there. */
async function doEverything(place: CrmPlace): Promise<void> {
  const lastHeardAt = "2026-11-20T10:00:00.000Z";
  await place.crm.report([{ account: company, health: "Connected", detail: "", lastHeardAt, coverage: [] }], never);
  await recordInFull(place);
  const promises: Parameters<Promised>[] = [];
  for (const contract of contracts) contract((...promised) => promises.push(promised));
  for (const [name, body] of promises) {
    await body(place).catch((cause: unknown) => {
      throw new Error(`It did not do: ${name}`, { cause });
    });
    await place.endTrouble();
  }
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
  const left = opened.sieve?.left();
  await opened.sieve?.[Symbol.asyncDispose]();
  expect(left).toEqual([]);
}, 120_000);
