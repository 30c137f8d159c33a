import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkMetadata } from "./check.ts";
import { package_, project, saidAfter, saidOf } from "./changed-metadata.ts";

const objects = `${package_}/objects`;
const text = `${objects}/Social_Post__c/fields/Excerpt__c.field-meta.xml`;

test("finds nothing wrong with our own metadata", async () => {
  const { components, problems } = await checkMetadata(project);
  expect(problems).toEqual([]);
  expect(components).toBeGreaterThan(150);
});

describe("an object", () => {
  test.each([
    ["Social_Account__c", "<sharingModel>Read<", "<sharingModel>ReadWrite<", "Read"],
    ["Social_Account__c", "<sharingModel>Read<", "<sharingModel>Private<", "Read"],
    ["Social_Reply__c", "<sharingModel>ReadWrite<", "<sharingModel>Read<", "ReadWrite"],
    ["Social_Reply__c", "<externalSharingModel>Private<", "<externalSharingModel>Read<", "ReadWrite"],
  ])("%s that turns %s into %s", (object, from, to, inside) => {
    const said = saidAfter(`${objects}/${object}/${object}.object-meta.xml`, from, to);
    expect(said).toEqual([`${object}.object-meta.xml: must share ${inside} inside and Private outside`]);
  });
});

describe("a file", () => {
  test("whose tag is not closed", () => {
    const said = saidAfter(text, "</label>", "");
    expect(said[0]).toMatch(/^is not well-formed XML: line \d+: <\/CustomField> closes <label>$/);
  });

  test("that calls its component something else", () => {
    expect(saidAfter(text, "<fullName>Excerpt__c<", "<fullName>Extract__c<")).toEqual(["calls itself Extract__c"]);
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
