import { toFields } from "../fields.ts";
import { lesserSchemaJson, schemaJson, toPayload, type CannedEvent } from "./fixtures/canned-bus.ts";
import { toReadEvent, toWorth } from "./read-event.ts";

const fields = toFields("");
const us = "005000000000001AAA";
const rest = "com/salesforce/api/rest/66.0";
const browser = "com/salesforce/api/soap/66.0;client=SfdcInternalAPI/";

test.each<[string, CannedEvent, string]>([
  ["a reply that a rep queued", { kind: "CREATE", status: "Queued", origin: browser }, "waking"],
  ["a decision on a failed one", { kind: "UPDATE", status: null, origin: browser }, "waking"],
  ["one that came back from the recycle bin", { kind: "UNDELETE", status: "Queued" }, "waking"],
  ["something that was not told in full", { kind: "GAP_UPDATE", status: null }, "waking"],
  ["our own claim", { by: us, kind: "UPDATE", status: "Sending", origin: rest }, "own"],
  ["our own, by the short id", { by: us.slice(0, 15), kind: "UPDATE", status: "Sent" }, "own"],
  ["our user in the browser", { by: us, kind: "CREATE", status: "Queued", origin: browser }, "waking"],
  ["a draft", { kind: "CREATE", status: "Draft", origin: browser }, "nothing to do"],
  ["one that waits for approval", { kind: "UPDATE", status: "Pending approval" }, "nothing to do"],
  ["a deletion", { kind: "DELETE", status: null }, "nothing to do"],
])("%s", async (_name, event, worth) => {
  const read = await toReadEvent(schemaJson, fields);
  expect(toWorth(read(toPayload(event)), us)).toBe(worth);
});

test("no words of a reply are read", async () => {
  const read = await toReadEvent(schemaJson, fields);
  expect(JSON.stringify(read(toPayload({})))).not.toContain("bag");
});

test("a payload that cannot be read is worth a look", async () => {
  const read = await toReadEvent(schemaJson, fields);
  expect(read(Buffer.from("nonsense"))).toBeUndefined();
  expect(toWorth(undefined, us)).toBe("waking");
});

test("a schema that does not show the status is read all the same", async () => {
  const read = await toReadEvent(lesserSchemaJson, fields);
  const event = read(toPayload({ kind: "UPDATE" }, "lesser"));
  expect(event).toMatchObject({ kind: "UPDATE", status: undefined });
});

test("what is no change event's schema is refused", async () => {
  await expect(toReadEvent("{}", fields)).rejects.toThrow();
});

test("with a namespace the event has it too", () => {
  expect(toFields("soc").reply.event).toBe("soc__Social_Reply__ChangeEvent");
});
