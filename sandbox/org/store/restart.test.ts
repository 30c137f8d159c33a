import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openOrg, type Org } from "../index.ts";
import { sourceFolders } from "../testing/open-test-org.ts";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "earshot-org-"));
});

afterEach(() => rmSync(dir, { recursive: true }));

function open(metadata: readonly string[] = sourceFolders): Promise<Org> {
  return openOrg({ dir: join(dir, "state"), metadata });
}

function ada(org: Org): NonNullable<ReturnType<Org["store"]["actor"]>> {
  const found = org.store.actor("ada@nordwind.example");
  if (!found) throw new Error("no user ada");
  return found;
}

test("rows, numbers, users, tokens and the org's id survive a restart", async () => {
  const first = await open();
  const id = first.store.create(ada(first), "Case", { Subject: "before" });
  const token = first.tokenFor("rita@nordwind.example");
  const { organizationId } = first;
  const users = first.store.actors().length;
  await first[Symbol.asyncDispose]();

  await using second = await open();
  expect(second.organizationId).toBe(organizationId);
  expect(second.store.actors()).toHaveLength(users);
  expect(second.store.read(ada(second), "Case", id)).toMatchObject({ Subject: "before", CaseNumber: "00000001" });
  const next = second.store.create(ada(second), "Case", {});
  expect(second.store.read(ada(second), "Case", next)).toMatchObject({ CaseNumber: "00000002" });
  const { url } = await second.listen(0);
  const answer = await fetch(`${url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
});

test("new fields and objects appear in an org that has rows", async () => {
  const first = await open();
  const id = first.store.create(ada(first), "Case", { Subject: "before" });
  await first[Symbol.asyncDispose]();

  const more = join(dir, "more");
  writeXml(join(more, "objects/Case/fields/Flight__c.field-meta.xml"), "CustomField", {
    fullName: "Flight__c",
    label: "Flight",
    length: "10",
    type: "Text",
  });
  writeXml(join(more, "objects/Plane__c/Plane__c.object-meta.xml"), "CustomObject", { label: "Plane" });
  await using second = await open([...sourceFolders, more]);
  second.store.update(ada(second), "Case", id, { Flight__c: "NW 1" });
  expect(second.store.read(ada(second), "Case", id)).toMatchObject({ Subject: "before", Flight__c: "NW 1" });
  const plane = second.store.create(ada(second), "Plane__c", { Name: "Albatross" });
  expect(second.store.read(ada(second), "Plane__c", plane)).toMatchObject({ Name: "Albatross" });
});

test("a validation rule that is not understood stops the start and is named", async () => {
  const broken = join(dir, "broken");
  cpSync("force-app/main/default", broken, { recursive: true });
  writeXml(join(broken, "objects/Case/validationRules/Odd.validationRule-meta.xml"), "ValidationRule", {
    fullName: "Odd",
    active: "true",
    errorConditionFormula: "SOUNDEX(Subject) = 1",
    errorMessage: "No.",
  });
  await expect(open([broken])).rejects.toThrow(
    "validation rule Case.Odd: the sandbox does not know the function SOUNDEX",
  );
});

test.each([
  [{ type: "Summary" }, "Odd__c: the sandbox has no fields of type Summary"],
  [{ type: "Text", formula: "1" }, "Odd__c: the sandbox has no formula fields"],
  [{ type: "Lookup", referenceTo: "Nope__c" }, "Case.Odd__c: there is no object Nope__c"],
  [{ type: "Text", length: "ten" }, "Odd__c.field-meta.xml: length: "],
])("a field that cannot be played stops the start: %j", async (more, sentence) => {
  const fields = { fullName: "Odd__c", ...more };
  writeXml(join(dir, "objects/Case/fields/Odd__c.field-meta.xml"), "CustomField", fields);
  await expect(open([dir])).rejects.toThrow(sentence);
});

function writeXml(file: string, root: string, elements: Record<string, string>): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const inner = Object.entries(elements).map(([name, value]) => `<${name}>${value}</${name}>`);
  writeFileSync(file, `<?xml version="1.0"?><${root}>${inner.join("")}</${root}>`);
}
