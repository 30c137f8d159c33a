import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkMetadata, checkRules, readProject } from "./check.ts";
import { toComponent } from "./tree.ts";

const project = resolve(import.meta.dirname, "../..");
const package_ = "force-app/main/default";

const [tree, unreadable] = readProject(project);

/** What the check says where this one file reads otherwise. */
function saidOf(path: string, source: string): readonly string[] {
  const read = toComponent(path, source);
  if ("message" in read) return [read.message];
  const components = [...tree.components.filter((one) => one.path !== path), read];
  return checkRules({ ...tree, components }).map(
    (problem) => `${problem.path.split("/").at(-1) ?? ""}: ${problem.message}`,
  );
}

/** What the check says after this replacement in one file. */
function saidAfter(path: string, from: string | RegExp, to: string): readonly string[] {
  const before = readFileSync(join(project, path), "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} does not hold ${String(from)}`);
  return saidOf(path, after);
}

const objects = `${package_}/objects`;
const text = `${objects}/Social_Post__c/fields/Excerpt__c.field-meta.xml`;
const rule = `${objects}/Social_Reply__c/validationRules/Queued_Is_Complete.validationRule-meta.xml`;
const rep = `${package_}/permissionsets/Social_Rep.permissionset-meta.xml`;
const connector = `${package_}/permissionsets/Social_Connector.permissionset-meta.xml`;
const page = `${package_}/flexipages/Social_Case_Page.flexipage-meta.xml`;
const app = `${package_}/applications/Earshot.app-meta.xml`;
const view = `${objects}/Social_Reply__c/listViews/Failed_Or_Checking.listView-meta.xml`;
const timeline = `${package_}/lwc/socialTimeline/socialTimeline.js-meta.xml`;

test("finds nothing wrong with our own metadata", async () => {
  const { components, problems } = await checkMetadata(project);
  expect(problems).toEqual([]);
  expect(unreadable).toEqual([]);
  expect(components).toBeGreaterThan(150);
});

describe("a field", () => {
  test.each([
    ["without help text", /<inlineHelpText>.*<\/inlineHelpText>/, "", "has no inlineHelpText"],
    [
      "with an empty description",
      /<description>.*<\/description>/,
      "<description></description>",
      "has no description",
    ],
    ["of type Text without length", "<length>255</length>", "", "needs a length from 1 to 255"],
    ["of a misspelt type", "<type>Text<", "<type>Txet<", "has the unknown type Txet"],
    ["that calls itself something else", "<fullName>Excerpt__c<", "<fullName>Extract__c<", "calls itself Extract__c"],
    [
      "with an element nobody knows",
      "<label>",
      "<nonsense>1</nonsense><label>",
      "CustomField.nonsense is unknown to the metadata API",
    ],
    ["with a label twice", "<label>", "<label>A</label><label>", "CustomField.label stands 2 times"],
    [
      "with a boolean that is none",
      "<required>false<",
      "<required>no<",
      "CustomField.required is neither true nor false: no",
    ],
  ])("%s", (_name, from, to, message) => {
    expect(saidAfter(text, from, to)).toContain(
      message.startsWith("calls") ? message : `Excerpt__c.field-meta.xml: ${message}`,
    );
  });

  test("that looks up an object which is not there", () => {
    const lookup = `${objects}/Social_Post__c/fields/Persona__c.field-meta.xml`;
    const said = saidAfter(lookup, ">Social_Persona__c<", ">Social_Person__c<");
    expect(said).toContain("Persona__c.field-meta.xml: refers to no object: Social_Person__c");
  });

  test("with a relationship name that its parent has already", () => {
    const lookup = `${objects}/Social_Reply__c/fields/Case__c.field-meta.xml`;
    const said = saidAfter(lookup, ">Social_Replies</rel", ">Social_Posts</rel");
    expect(said).toEqual([
      "Case__c.field-meta.xml: Social_Reply__c gives the relationship Case.Social_Posts a second time",
    ]);
  });

  test("that lists other networks than its namesake", () => {
    const network = `${objects}/Social_Post__c/fields/Network__c.field-meta.xml`;
    const said = saidAfter(network, "<fullName>reddit<", "<fullName>readit<");
    expect(said).toEqual(["Network__c.field-meta.xml: has other values than Network__c of another object"]);
  });

  test("that the connector may not edit", () => {
    const right =
      /<fieldPermissions>\s*<editable>true<\/editable>\s*<field>Task\.Social_Post_Key__c<[\s\S]*?<\/fieldPermissions>/;
    const said = saidAfter(connector, right, "");
    expect(said).toEqual([
      "Social_Connector.permissionset-meta.xml: does not let the connector edit Activity.Social_Post_Key__c",
    ]);
  });
});

describe("a validation rule", () => {
  test.each([
    ["about a field that is not there", "ISBLANK(Post__c)", "ISBLANK(Pots__c)", "names what does not exist: Pots__c"],
    [
      "over a lookup to nowhere",
      "ISBLANK(Post__c)",
      "ISBLANK(Post__r.Pots__c)",
      "names what does not exist: Post__r.Pots__c",
    ],
    [
      "about a value that is not there",
      '"Queued"',
      '"Qeued"',
      "compares Status__c with a value it does not have: Qeued",
    ],
    [
      "for a permission nobody has",
      "ISBLANK(Post__c)",
      "$Permission.Admin",
      "names what does not exist: $Permission.Admin",
    ],
    ["with a foreign function", "ISBLANK(Post__c)", "VLOOKUP(Post__c)", "calls a function outside our subset: VLOOKUP"],
    [
      "with an open parenthesis",
      "ISBLANK(Post__c)",
      "(ISBLANK(Post__c)",
      "has a formula whose parentheses do not match",
    ],
    [
      "with too long a message",
      "<errorMessage>",
      `<errorMessage>${"x".repeat(255)}`,
      "needs a errorMessage of at most 255 characters",
    ],
  ])("%s", (_name, from, to, message) => {
    const said = saidAfter(rule, from, to);
    expect(said).toEqual([`Queued_Is_Complete.validationRule-meta.xml: ${message}`]);
  });
});

describe("what names other components", () => {
  test.each([
    [
      "permission on a field",
      rep,
      ">Case.Social_Persona__c<",
      ">Case.Social_Person__c<",
      "Case has no field Social_Person__c",
    ],
    [
      "permission by Activity",
      rep,
      ">Task.Social",
      ">Activity.Social",
      "Social_Post_Key__c must be named by Task or Event, not Activity",
    ],
    ["permission on an object", rep, "<object>Social_Post__c<", "<object>Social_Pots__c<", "no object Social_Pots__c"],
    [
      "permission on Task",
      rep,
      "<object>Social_Post__c<",
      "<object>Task<",
      "Task has no object permissions: use EditTask",
    ],
    [
      "permission to all alike",
      rep,
      ">Social_Post__c.Text__c<",
      ">Social_Post__c.Private_Text__c<",
      "opens Social_Post__c.Private_Text__c",
    ],
    ["tab in a permission set", rep, "<tab>Social_Inbox<", "<tab>Social_Outbox<", "no tab Social_Outbox"],
    ["component on a page", page, ">c:socialReply<", ">c:socialAnswer<", "no component c:socialAnswer"],
    ["identifier on a page", page, ">c_socialReply<", ">c_socialTimeline<", "uses an identifier twice"],
    [
      "target of a component",
      timeline,
      ">lightning__RecordPage<",
      ">lightning__HomePage<",
      "c:socialTimeline has no target lightning__RecordPage",
    ],
    ["version of a component", timeline, ">66.0<", ">65.0<", "has API version 65.0, the project 66.0"],
    ["tab of the app", app, "<tabs>Social_Post__c<", "<tabs>Social_Pots__c<", "no tab Social_Pots__c"],
    ["page of the app", app, ">Social_Lead_Page<", ">Social_Case_Page<", "Social_Case_Page is no page for Lead"],
    [
      "label in a component",
      `${package_}/labels/CustomLabels.labels-meta.xml`,
      ">Social_Somebody<",
      ">Social_Nobody<",
      "no @salesforce/label/c.Social_Somebody",
    ],
    ["column of a list view", view, ">Route__c<", ">Rote__c<", "Social_Reply__c has no field Rote__c"],
    ["filter of a list view", view, "Failed,", "Fialed,", "filters by a value that is none: Fialed"],
  ])("%s", (_name, path, from, to, message) => {
    const said = saidAfter(path, from, to);
    expect(said.map((one) => one.slice(one.indexOf(": ") + 2))).toContain(message);
  });
});

describe("a file", () => {
  test("whose tag is not closed", () => {
    const said = saidAfter(text, "</label>", "");
    expect(said[0]).toMatch(/^is not well-formed XML: line \d+: <\/CustomField> closes <label>$/);
  });

  test("in a misspelt folder", () => {
    const said = saidOf(`${package_}/permisionsets/Extra.permissionset-meta.xml`, "<PermissionSet/>");
    expect(said).toEqual(["a PermissionSet does not belong in this folder"]);
  });

  test("that belongs to no component", () => {
    expect(saidOf(`${package_}/classes/Lost.cls`, "public class Lost {}")).toEqual(["belongs to no component"]);
  });

  test("that the converter drops", async () => {
    const root = mkdtempSync(join(tmpdir(), "earshot-metadata-test-"));
    try {
      for (const path of ["force-app", "org-setup", "sfdx-project.json"]) {
        cpSync(join(project, path), join(root, path), { recursive: true });
      }
      writeFileSync(join(root, ".forceignore"), "**/tabs/Social_Inbox*");
      const { problems } = await checkMetadata(root);
      expect(problems).toEqual([
        { path: `${package_}/tabs/Social_Inbox.tab-meta.xml`, message: "is lost in conversion" },
      ]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
