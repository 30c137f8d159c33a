import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { checkMetadata } from "./check.ts";

const project = resolve(import.meta.dirname, "../..");
const package_ = "force-app/main/default";

/** A copy of our own metadata, in which one thing may then be broken. */
function openCopy() {
  const root = mkdtempSync(join(tmpdir(), "earshot-metadata-test-"));
  for (const path of ["force-app", "org-setup", "sfdx-project.json", ".forceignore"]) {
    cpSync(join(project, path), join(root, path), { recursive: true });
  }
  return {
    root,
    write(path: string, source: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), source);
    },
    replace(path: string, from: string | RegExp, to: string) {
      const before = readFileSync(join(root, path), "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} holds no ${String(from)}`);
      writeFileSync(join(root, path), after);
    },
    remove: (path: string) => rmSync(join(root, path)),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** What the check says after this one change. */
async function saidAfter(change: (copy: ReturnType<typeof openCopy>) => void): Promise<readonly string[]> {
  using copy = openCopy();
  change(copy);
  const { problems } = await checkMetadata(copy.root);
  return problems.map(({ path, message }) => `${path.split("/").at(-1) ?? ""}: ${message}`);
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
  ])("%s", async (_name, from, to, message) => {
    expect(await saidAfter((copy) => copy.replace(text, from, to))).toContain(`Excerpt__c.field-meta.xml: ${message}`);
  });

  test("that looks up an object which is not there", async () => {
    const lookup = `${objects}/Social_Post__c/fields/Persona__c.field-meta.xml`;
    const said = await saidAfter((copy) => copy.replace(lookup, ">Social_Persona__c<", ">Social_Person__c<"));
    expect(said).toContain("Persona__c.field-meta.xml: refers to no object: Social_Person__c");
  });

  test("with a relationship name that its parent has already", async () => {
    const lookup = `${objects}/Social_Reply__c/fields/Case__c.field-meta.xml`;
    const said = await saidAfter((copy) => copy.replace(lookup, ">Social_Replies</rel", ">Social_Posts</rel"));
    expect(said).toEqual([
      "Case__c.field-meta.xml: Social_Reply__c gives the relationship Case.Social_Posts a second time",
    ]);
  });

  test("that lists other networks than its namesake", async () => {
    const network = `${objects}/Social_Post__c/fields/Network__c.field-meta.xml`;
    const said = await saidAfter((copy) => copy.replace(network, "<fullName>reddit<", "<fullName>readit<"));
    expect(said).toEqual(["Network__c.field-meta.xml: has other values than Network__c of another object"]);
  });

  test("that the connector may not edit", async () => {
    const right =
      /<fieldPermissions>\s*<editable>true<\/editable>\s*<field>Task\.Social_Post_Key__c<[\s\S]*?<\/fieldPermissions>/;
    const said = await saidAfter((copy) => copy.replace(connector, right, ""));
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
  ])("%s", async (_name, from, to, message) => {
    const said = await saidAfter((copy) => copy.replace(rule, from, to));
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
    ["column of a list view", view, ">Route__c<", ">Rote__c<", "Social_Reply__c has no field Rote__c"],
    ["filter of a list view", view, "Failed,", "Fialed,", "filters by a value that is none: Fialed"],
  ])("%s", async (_name, path, from, to, message) => {
    const said = await saidAfter((copy) => copy.replace(path, from, to));
    expect(said.map((one) => one.slice(one.indexOf(": ") + 2))).toContain(message);
  });
});

describe("a file", () => {
  test("whose tag is not closed", async () => {
    const said = await saidAfter((copy) => copy.replace(text, "</label>", ""));
    expect(said[0]).toMatch(
      /^Excerpt__c\.field-meta\.xml: is not well-formed XML: line \d+: <\/CustomField> closes <label>$/,
    );
  });

  test("in a misspelt folder", async () => {
    const said = await saidAfter((copy) => {
      copy.write(`${package_}/permisionsets/Extra.permissionset-meta.xml`, readFileSync(join(copy.root, rep), "utf8"));
    });
    expect(said).toContain("Extra.permissionset-meta.xml: a PermissionSet does not belong in this folder");
  });

  test("that belongs to no component", async () => {
    const said = await saidAfter((copy) => copy.write(`${package_}/classes/Lost.cls`, "public class Lost {}"));
    expect(said).toContain("Lost.cls: belongs to no component");
  });

  test("that the converter drops", async () => {
    const said = await saidAfter((copy) => copy.remove(`${package_}/lwc/socialTimeline/socialTimeline.js`));
    expect(said).toContain("socialTimeline.js-meta.xml: is lost in conversion");
  });
});
