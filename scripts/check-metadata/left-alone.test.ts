import { ourMetadata, package_, saidAfter, saidOf } from "./changed-metadata.ts";
import { isStandard } from "./standard.ts";
import { isPackaged } from "./tree.ts";
import { text } from "./xml.ts";

const objects = `${package_}/objects`;
const rule = `${objects}/Case/validationRules/Connector_Fills_Empty_Contact.validationRule-meta.xml`;
const field = `${objects}/Case/fields/Social_Posted_At__c.field-meta.xml`;
const unbound =
  "Connector_Fills_Empty_Contact.validationRule-meta.xml: must begin with AND($Permission.Earshot_Connector, …: " +
  "a rule on Case may bind nobody but the connector";

test("the package adds fields, rules for the connector and list views to the org's objects, and nothing else", () => {
  const added = ourMetadata.components.filter((one) => isPackaged(ourMetadata, one) && isStandard(one.object));
  expect(new Set(added.map(({ type }) => type))).toEqual(new Set(["CustomField", "ListView", "ValidationRule"]));
  expect(new Set(added.map(({ object }) => object))).toEqual(new Set(["Activity", "Case", "Task"]));
  const rules = added.filter(({ type }) => type === "ValidationRule");
  expect(rules.length).toBeGreaterThan(5);
  for (const { xml } of rules) {
    expect(text(xml, "errorConditionFormula")?.replaceAll(/\s/g, "")).toMatch(/^AND\(\$Permission\.Earshot_Connector,/);
  }
});

describe("a rule on an object of the org", () => {
  test.each([
    ["that binds everybody", "$Permission.Earshot_Connector,", ""],
    ["that binds everybody else", "$Permission.Earshot_Connector", "NOT($Permission.Earshot_Connector)"],
    ["that asks for the connector or something else", "AND(", "OR("],
    ["that goes on after the connector's part", "</errorConditionFormula>", " || ISNEW()</errorConditionFormula>"],
  ])("%s", (_name, from, to) => {
    expect(saidAfter(rule, from, to)).toEqual([unbound]);
  });
});

describe("a field on an object of the org", () => {
  test.each([
    ["that everybody must fill", "<required>false<", "<required>true<", "must be optional: Case belongs to the org"],
    [
      "that writes to each new row",
      "<label>",
      "<defaultValue>NOW()</defaultValue><label>",
      "must have no default: it would be written to each Case",
    ],
    [
      "that turns the history on",
      "<label>",
      "<trackHistory>true</trackHistory><label>",
      "must not be tracked: the org decides what Case keeps a history of",
    ],
  ])("%s", (_name, from, to, message) => {
    expect(saidAfter(field, from, to)).toContain(`Social_Posted_At__c.field-meta.xml: ${message}`);
  });

  test("of a name that the org may have itself", () => {
    const named = saidOf(
      `${objects}/Case/fields/Mood__c.field-meta.xml`,
      "<CustomField><label>Mood</label><type>DateTime</type></CustomField>",
    );
    expect(named).toContain("Mood__c.field-meta.xml: must be named Social_…__c on Case");
  });
});

describe("a file that would alter what belongs to the org", () => {
  test.each([
    ["the object", "objects/Case/Case.object-meta.xml", "<CustomObject/>", "alters Case, which belongs to the org"],
    ["a layout", "layouts/Case-Case Layout.layout-meta.xml", "<Layout/>", "replaces a layout of the org"],
    [
      "a compact layout",
      "objects/Case/compactLayouts/Brief.compactLayout-meta.xml",
      "<CompactLayout><label>Brief</label></CompactLayout>",
      "adds a CompactLayout to Case, which belongs to the org",
    ],
    ["an app", "applications/standard__Service.app-meta.xml", "<CustomApplication/>", "alters an app of the platform"],
  ])("%s", (_name, path, source, message) => {
    const said = saidOf(`${package_}/${path}`, source);
    expect(said).toContain(`${path.split("/").at(-1) ?? ""}: ${message}`);
  });
});
