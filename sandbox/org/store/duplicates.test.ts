import { duplicateRule, openCustomerMetadata } from "../../../test/fakes/customer-metadata.ts";
import { openTestOrg, sourceFolders, type Reply } from "../testing/open-test-org.ts";

async function saveTwice(action: "Alert" | "Block", headers: Record<string, string> = {}): Promise<Reply> {
  await using customer = await openCustomerMetadata(...duplicateRule("Contact", "Email", action));
  await using place = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
  const body = { LastName: "Berg", Email: "berg@x.example" };
  expect(await place.call("ada", "POST /sobjects/Contact", { body })).toMatchObject({ status: 201 });
  return await place.call("ada", "POST /sobjects/Contact", { body, headers });
}

const allow = { "Sforce-Duplicate-Rule-Header": "allowSave=true; includeRecordDetails=false" };
const refused = { status: 400, body: [{ errorCode: "DUPLICATES_DETECTED" }] };

test("a rule that alerts refuses a call that has not allowed the save, and lets one pass that has", async () => {
  expect(await saveTwice("Alert")).toMatchObject(refused);
  expect(await saveTwice("Alert", allow)).toMatchObject({ status: 201 });
});

test("a rule that blocks does so whatever the call allows", async () => {
  expect(await saveTwice("Block")).toMatchObject(refused);
  expect(await saveTwice("Block", allow)).toMatchObject(refused);
});

test("there is none for Cases: what cannot be made in an org stops the start", async () => {
  await using customer = await openCustomerMetadata(...duplicateRule("Case", "Subject", "Block"));
  await expect(openTestOrg({ metadata: [...sourceFolders, customer.path] })).rejects.toThrow(
    "there are no duplicate rules for Case",
  );
});
