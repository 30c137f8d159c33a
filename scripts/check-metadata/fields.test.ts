import { toCatalog } from "./catalog.ts";
import { ourMetadata, package_, saidAfter } from "./changed-metadata.ts";
import { checkFields } from "./rules/fields.ts";
import { toComponent } from "./tree.ts";

const objects = `${package_}/objects`;
const text = `${objects}/Social_Post__c/fields/Excerpt__c.field-meta.xml`;

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
    expect(saidAfter(text, from, to)).toContain(`Excerpt__c.field-meta.xml: ${message}`);
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

  test("that is tracked beyond what Salesforce keeps", () => {
    const source =
      "<CustomField><label>Extra</label><trackHistory>true</trackHistory><type>DateTime</type></CustomField>";
    const extra = Array.from({ length: 21 }, (_, at) =>
      toComponent(`${objects}/Social_Post__c/fields/Extra_${at}__c.field-meta.xml`, source),
    ).flatMap((read) => ("message" in read ? [] : [read]));
    const said = checkFields(toCatalog({ ...ourMetadata, components: [...ourMetadata.components, ...extra] }));
    expect(said.map(({ message }) => message)).toContain("is tracked beyond the 20 fields of Social_Post__c");
  });
});
