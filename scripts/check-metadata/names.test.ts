import { package_, saidAfter, saidOf } from "./changed-metadata.ts";

const objects = `${package_}/objects`;
const excerpt = `${objects}/Social_Post__c/fields/Excerpt__c.field-meta.xml`;
const labels = `${package_}/labels/CustomLabels.labels-meta.xml`;
const rep = `${package_}/permissionsets/Social_Rep.permissionset-meta.xml`;
const long = "x".repeat(41);
const fieldSource = "<CustomField><label>Extra</label><type>DateTime</type></CustomField>";

describe("names and texts", () => {
  test.each([
    [
      "a field's name",
      `${objects}/Social_Post__c/fields/${long}__c.field-meta.xml`,
      "has an API name of more than 40 characters",
    ],
    ["two underscores", `${objects}/Social_Post__c/fields/Too__Far__c.field-meta.xml`, "is no API name: Too__Far"],
    ["a digit in front", `${objects}/Social_Post__c/fields/3rd__c.field-meta.xml`, "is no API name: 3rd"],
  ])("%s", (_name, path, message) => {
    expect(saidOf(path, fieldSource)).toContain(`${path.split("/").at(-1) ?? ""}: ${message}`);
  });

  test.each([
    [
      "a field's label",
      excerpt,
      /<label>.*<\/label>/,
      `<label>${long}</label>`,
      "has a label of more than 40 characters",
    ],
    [
      "a permission set's description",
      rep,
      /<description>/,
      `<description>${"x".repeat(255)}`,
      "has a description of more than 255 characters",
    ],
    ["a text for users", labels, "<value>", `<value>${"x".repeat(1000)}`, "has a value of more than 1000 characters"],
  ])("%s that is too long", (_name, path, from, to, message) => {
    expect(saidAfter(path, from, to).join("\n")).toContain(message);
  });
});

describe("a label", () => {
  const label = (name: string) =>
    `<labels><fullName>${name}</fullName><language>en_US</language><protected>true</protected>` +
    "<shortDescription>x</shortDescription><value>x</value></labels>";

  test("that nobody shows", () => {
    expect(saidAfter(labels, "<labels>", `${label("Social_Forgotten")}<labels>`)).toEqual([
      "CustomLabels.labels-meta.xml: has Social_Forgotten, which nobody shows",
    ]);
  });

  test("that is there twice", () => {
    expect(saidAfter(labels, "<labels>", `${label("Social_Somebody")}<labels>`)).toEqual([
      "CustomLabels.labels-meta.xml: has Social_Somebody twice",
    ]);
  });
});

test("a row's key that is not to the letter", () => {
  const key = `${objects}/Social_Persona__c/fields/External_Key__c.field-meta.xml`;
  for (const [from, to] of [
    ["<unique>true<", "<unique>false<"],
    ["<externalId>true<", "<externalId>false<"],
    ["<length>255<", "<length>120<"],
  ] as const) {
    expect(saidAfter(key, from, to)).toEqual([
      "External_Key__c.field-meta.xml: must be a unique, case-sensitive external id of 255 characters",
    ]);
  }
});

test("a word that the metadata API does not have", () => {
  const lookup = `${objects}/Social_Post__c/fields/Persona__c.field-meta.xml`;
  expect(saidAfter(lookup, ">SetNull<", ">Forget<")).toContain(
    "Persona__c.field-meta.xml: CustomField.deleteConstraint is none of the words that it may be: Forget",
  );
});
