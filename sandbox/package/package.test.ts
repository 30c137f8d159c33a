import { readFileSync } from "node:fs";
import path from "node:path";
import { folderFiles } from "../console/build/folder-files.ts";
import { openTestOrg, sourceFolders, type TestOrg } from "../org/testing/open-test-org.ts";
import { installPackage } from "./install.ts";
import { toSpelling } from "./names.ts";

const [forceApp = ""] = sourceFolders;
let acme: TestOrg;

beforeAll(async () => {
  acme = await openTestOrg({ namespace: "acme" });
});
afterAll(() => acme[Symbol.asyncDispose]());

const customFields = (object: string): readonly string[] =>
  (acme.org.store.schema.object(object)?.fields ?? []).filter(({ custom }) => custom).map(({ name }) => name);

test("what comes with the package has its prefix, what is the customer's has none", () => {
  const custom = acme.org.store.schema.objects.filter((object) => object.custom).map(({ name }) => name);
  expect(custom).toEqual(expect.arrayContaining(["acme__Social_Post__c", "acme__Social_Post__History"]));
  const names = [...custom, ...custom.flatMap(customFields), ...customFields("Case"), ...customFields("Task")];
  expect(names.filter((name) => !name.startsWith("acme__"))).toEqual([]);
  expect(customFields("Contact")).toEqual(["Mastodon__c"]);
});

test("no file of it names anything without the prefix that has one", () => {
  const { custom, others } = {
    custom: /(?<!acme__)\b(Social_\w+?|Handle|Text)__[cr]\b/,
    others: /\.Earshot_Connector/,
  };
  const files = installPackage(sourceFolders, "acme").flatMap((folder) =>
    folderFiles(folder).filter((file) => !file.includes("/lwc/")),
  );
  expect(files.length).toBeGreaterThan(200);
  const plain = files.filter((file) => [custom, others].some((name) => name.test(readFileSync(file, "utf8"))));
  expect(plain.map((file) => path.basename(file))).toEqual([]);
});

test("parents, children and rows are reached by the package's names only", async () => {
  const [ada, connector] = [acme.as("ada"), acme.as("connector")];
  const persona = { acme__External_Key__c: "p", acme__Handle__c: "@anna" };
  await connector.sobject("acme__Social_Persona__c").create(persona);
  await connector.sobject("acme__Social_Post__c").create({
    ...{ acme__External_Key__c: "a", acme__Version__c: 0, acme__Text__c: "hello" },
    acme__Persona__r: { acme__External_Key__c: "p" },
  });
  const { records } = await ada.query(
    "SELECT acme__Persona__r.acme__Handle__c FROM acme__Social_Post__c WHERE acme__Persona__r.acme__Handle__c != null",
  );
  expect(records).toMatchObject([{ acme__Persona__r: { acme__Handle__c: "@anna" } }]);
  const children = "SELECT Id, (SELECT Id FROM acme__Social_Posts__r) FROM acme__Social_Persona__c";
  expect((await ada.query(children)).records).toMatchObject([{ acme__Social_Posts__r: { totalSize: 1 } }]);
  await expect(ada.query("SELECT Id FROM Social_Post__c")).rejects.toThrow("Social_Post__c");
});

test("a permission set keeps its name, and its namespace stands beside it", async () => {
  const { records } = await acme
    .as("ada")
    .query("SELECT Name, NamespacePrefix FROM PermissionSet WHERE Name IN ('Social_Rep', 'Social_Connector_Org')");
  expect(records.map(({ Name, NamespacePrefix }) => [Name, NamespacePrefix] as unknown).sort()).toEqual([
    ["Social_Connector_Org", null],
    ["Social_Rep", "acme"],
  ]);
});

test.each([
  ["Persona__r.Handle__c", "acme__Persona__r.acme__Handle__c"],
  ["/data/Social_Reply__ChangeEvent", "/data/acme__Social_Reply__ChangeEvent"],
  ["$Permission.Earshot_Connector", "$Permission.acme__Earshot_Connector"],
  ["Contact.Mastodon__c", "Contact.Mastodon__c"],
  ["<tab>Social_Inbox</tab>", "<tab>acme__Social_Inbox</tab>"],
  ["<label>Social_Inbox</label>", "<label>Social_Inbox</label>"],
  ["<componentName>c:socialReply<", "<componentName>acme:socialReply<"],
])("%s is spelled %s, and that stays so", (plain, spelled) => {
  const { own } = toSpelling(forceApp, "acme");
  expect(own(plain)).toBe(spelled);
  expect(own(spelled)).toBe(spelled);
  expect(toSpelling(forceApp, "").own(plain)).toBe(plain);
});
