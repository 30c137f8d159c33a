import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { profiles } from "../access/to-access.ts";
import { people } from "../seed/people.ts";
import { openEventOrg, replies, type EventOrg } from "../testing/open-event-org.ts";
import { sourceFolders } from "../testing/open-test-org.ts";
import { namesOf, type ReadEvent, type Subscriber } from "../testing/open-subscriber.ts";

let org: EventOrg;
let subscriber: Subscriber;

beforeEach(async () => {
  org = await openEventOrg();
  subscriber = org.subscriber("connector");
});

afterEach(async () => {
  await subscriber[Symbol.asyncDispose]();
  await org[Symbol.asyncDispose]();
});

async function heard(count: number, by = subscriber): Promise<ReadEvent[]> {
  const stream = by.listen({ topic_name: replies, replay_preset: "EARLIEST", num_requested: count });
  const { events } = await stream.next();
  stream.close();
  return Promise.all(events.map((event) => by.read(event)));
}

async function schemaJson(): Promise<string> {
  const { schema_id } = await subscriber.ask("GetTopic", { topic_name: replies });
  return String((await subscriber.ask("GetSchema", { schema_id })).schema_json);
}

test("a topic tells its schema, and who may listen", async () => {
  const topic = await subscriber.ask("GetTopic", { topic_name: replies });
  expect(topic).toMatchObject({ topic_name: replies, can_subscribe: true, can_publish: false });
  const schema = await subscriber.ask("GetSchema", { schema_id: topic["schema_id"] });
  expect(JSON.parse(String(schema["schema_json"]))).toMatchObject({
    name: "Social_Reply__ChangeEvent",
    namespace: "com.sforce.eventbus",
  });
  await using rita = org.subscriber("rita");
  expect(await rita.ask("GetTopic", { topic_name: replies })).toMatchObject({ can_subscribe: false });
});

test("creating tells all that was filled; updating what changed, and what was emptied", async () => {
  const id = await org.reply();
  org.now += 60_000;
  await org.update(id, { Text__c: "It is found", Seen_Length__c: 3 });
  org.now += 60_000;
  await org.update(id, { Seen_Length__c: null });
  const [created, edited, emptied] = await heard(3);
  const rita = org.place.org.store.actor("rita@nordwind.example")?.id;
  expect(created).toMatchObject({
    ChangeEventHeader: {
      entityName: "Social_Reply__c",
      recordIds: [id],
      changeType: "CREATE",
      changeOrigin: "com/salesforce/api/rest/66.0",
      sequenceNumber: 1,
      commitTimestamp: org.now - 120_000,
      commitUser: rita,
      changedFields: [],
      nulledFields: [],
    },
    Status__c: "Draft",
    Text__c: "We are on it",
    OwnerId: rita,
    CreatedDate: org.now - 120_000,
    Seen_Length__c: null,
  });
  expect(edited).toMatchObject({ Text__c: "It is found", Seen_Length__c: 3, Status__c: null });
  expect(edited).toMatchObject({ LastModifiedDate: org.now - 60_000 });
  const json = await schemaJson();
  const namesIn = (event: ReadEvent | undefined, which: "changedFields" | "nulledFields"): string[] =>
    namesOf(json, event?.ChangeEventHeader[which] as string[]).sort();
  expect(namesIn(edited, "changedFields")).toEqual(
    ["LastModifiedById", "LastModifiedDate", "Seen_Length__c", "Text__c"].sort(),
  );
  expect(namesIn(emptied, "changedFields")).toEqual(["LastModifiedDate", "Seen_Length__c"]);
  expect(namesIn(emptied, "nulledFields")).toEqual(["Seen_Length__c"]);
});

test("deleting and undeleting are told; a client may give its name", async () => {
  const id = await org.reply();
  const headers = { "sforce-call-options": "client=Astro" };
  await org.place.call("ada", `DELETE /sobjects/Social_Reply__c/${id}`, { headers });
  await org.order("POST", "/sandbox/undelete", { object: "Social_Reply__c", id });
  const [, deleted, undeleted] = await heard(3);
  expect(deleted).toMatchObject({
    ChangeEventHeader: { changeType: "DELETE", changeOrigin: "com/salesforce/api/rest/66.0;client=Astro" },
    Status__c: null,
  });
  expect(undeleted).toMatchObject({
    ChangeEventHeader: { changeType: "UNDELETE", recordIds: [id], changeOrigin: "" },
    Status__c: "Draft",
  });
  expect((await org.place.call("rita", `GET /sobjects/Social_Reply__c/${id}`)).status).toBe(200);
});

test("what is merged moves the lookups to it, which is a change of its own", async () => {
  const newCase = async (Subject: string): Promise<string> =>
    ((await org.place.call("ada", "POST /sobjects/Case", { body: { Subject } })).body as { id: string }).id;
  const [master, loser] = [await newCase("master"), await newCase("loser")];
  const id = await org.reply({ Case__c: loser });
  await org.order("POST", "/sandbox/merge", { object: "Case", master, losers: [loser] });
  const [, moved] = await heard(2);
  expect(moved).toMatchObject({ ChangeEventHeader: { changeType: "UPDATE", recordIds: [id] }, Case__c: master });
});

test("equal changes of one transaction are one event; others count up in it", async () => {
  const ids = [await org.reply(), await org.reply(), await org.reply()];
  const records = ids.map((id, at) => ({
    ...{ attributes: { type: "Social_Reply__c" }, id },
    Text__c: at < 2 ? "same" : "other",
  }));
  await org.place.call("ada", "PATCH /composite/sobjects", { body: { records } });
  const events = await heard(5);
  const headers = events.slice(3).map((event) => event.ChangeEventHeader);
  expect(headers).toMatchObject([
    { recordIds: ids.slice(0, 2), sequenceNumber: 1 },
    { recordIds: ids.slice(2), sequenceNumber: 2 },
  ]);
  expect(headers[0]?.["transactionKey"]).toBe(headers[1]?.["transactionKey"]);
  expect(headers[0]?.["commitNumber"]).toBe(headers[1]?.["commitNumber"]);
});

test("what is undone was never told", async () => {
  const url = "/services/data/v66.0/sobjects/Social_Reply__c";
  const good = { Text__c: "undone" };
  const part = (referenceId: string, body: object) => ({ method: "POST", url, referenceId, body });
  const compositeRequest = [part("good", good), part("bad", { Nope__c: 1 })];
  await org.place.call("rita", "POST /composite", {
    body: { allOrNone: true, collateSubrequests: false, compositeRequest },
  });
  const id = await org.reply();
  const [first] = await heard(2);
  expect(first?.ChangeEventHeader).toMatchObject({ recordIds: [id] });
});

test("fields that the subscriber may not read are not told", async () => {
  await using dir = await mkdtempDisposable(join(tmpdir(), "earshot-org-"));
  writeAuditors(dir.path);
  const auditor = {
    ...{ username: "otto@nordwind.example", firstName: "Otto", lastName: "Auditor", title: "Auditor" },
    ...{ profile: profiles.integration, permissionSets: ["Auditors"] },
  };
  const options = { metadata: [...sourceFolders, dir.path], people: [...people, auditor] };
  await using audited = await openEventOrg(options);
  const id = await audited.reply();
  await audited.update(id, { Text__c: "other words" });
  await using otto = audited.subscriber("otto");
  const [created, changed] = await heard(2, otto);
  expect(created).toMatchObject({ Text__c: null, Status__c: "Draft" });
  expect(changed).toMatchObject({ ChangeEventHeader: { recordIds: [id] }, Text__c: null });
  expect(namesOf(await schemaJson(), changed?.ChangeEventHeader.changedFields ?? [])).not.toContain("Text__c");
});

/** Who sees all replies, and of each only where it stands. */
function writeAuditors(dir: string): void {
  const access = ["allowCreate", "allowEdit", "allowDelete", "modifyAllRecords"].map(
    (name) => `<${name}>false</${name}>`,
  );
  mkdirSync(join(dir, "permissionsets"));
  writeFileSync(
    join(dir, "permissionsets/Auditors.permissionset-meta.xml"),
    `<?xml version="1.0"?><PermissionSet><label>Auditors</label>
      <objectPermissions><object>Social_Reply__c</object>${access.join("")}
        <allowRead>true</allowRead><viewAllRecords>true</viewAllRecords></objectPermissions>
      <fieldPermissions><field>Social_Reply__c.Status__c</field><readable>true</readable><editable>false</editable></fieldPermissions>
    </PermissionSet>`,
  );
}

test("only chosen objects have events", async () => {
  await org.place.call("ada", "POST /sobjects/Account", { body: { Name: "quiet" } });
  const id = await org.reply();
  const stream = subscriber.listen({ topic_name: "/data/ChangeEvents", replay_preset: "EARLIEST", num_requested: 10 });
  const { events } = await stream.next();
  expect(events).toHaveLength(1);
  const [event] = await Promise.all(events.map((each) => subscriber.read(each)));
  expect(event?.ChangeEventHeader).toMatchObject({ recordIds: [id] });
});
