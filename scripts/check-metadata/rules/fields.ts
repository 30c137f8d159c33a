import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { all, isTrue, text, texts, type Element } from "../xml.ts";

type Check = (field: Element, catalog: Catalog) => readonly string[];

/** What each type of field needs to deploy. A type that is not here is not used by Earshot. */
const NEEDS: Readonly<Record<string, Check>> = {
  Checkbox: (field) => (text(field, "defaultValue") === undefined ? ["has no defaultValue"] : []),
  DateTime: () => [],
  Lookup: (field, catalog) => [
    ...(catalog.isObject(text(field, "referenceTo") ?? "")
      ? []
      : [`refers to no object: ${said(field, "referenceTo")}`]),
    ...(text(field, "relationshipName") === undefined ? ["has no relationshipName"] : []),
    ...(text(field, "deleteConstraint") === "SetNull" ? [] : ["must clear on delete (deleteConstraint SetNull)"]),
    ...(isTrue(field, "required") ? ["must be optional"] : []),
  ],
  LongTextArea: (field) => [...inRange(field, "length", 256, 131_072), ...inRange(field, "visibleLines", 2, 50)],
  Number: (field) => [...inRange(field, "precision", 1, 18), ...inRange(field, "scale", 0, 17)],
  Picklist: (field) => {
    const values = all(field, "valueSet", "valueSetDefinition", "value");
    const names = values.flatMap((value) => texts(value, "fullName"));
    return [
      ...(names.length === 0 ? ["has no values"] : []),
      ...(new Set(names).size < names.length ? ["has a value twice"] : []),
      ...(values.filter((value) => isTrue(value, "default")).length > 1 ? ["has two defaults"] : []),
    ];
  },
  Text: (field) => inRange(field, "length", 1, 255),
};

const KEYS = ["Text", "Number"];
/** What the connector finds its rows by: to the letter, and each once. */
const ROW_KEYS = /^(External_Key__c|Social_(Case_Key|Post_Key|Reference_Code)__c)$/;
/** Salesforce keeps the history of so many fields of an object. */
const MOST_TRACKED = 20;

/** Custom fields: explained to admins and users, and whole. */
export function checkFields(catalog: Catalog): Problem[] {
  const fields = catalog.of("CustomField");
  return [
    ...fields.flatMap((field) => faults(field, catalog).map((message) => ({ path: field.path, message }))),
    ...sameRelationshipTwice(fields),
    ...tooManyTracked(fields),
    ...sameNameOtherValues(fields, catalog),
  ];
}

function faults({ xml, object, name }: Component, catalog: Catalog): string[] {
  const type = said(xml, "type");
  const owner = catalog.find("CustomObject", object);
  const keeps = owner !== undefined && isTrue(owner.xml, "enableHistory");
  return [
    ...["label", "description", "inlineHelpText"].filter((tag) => !text(xml, tag)).map((tag) => `has no ${tag}`),
    ...(NEEDS[type]?.(xml, catalog) ?? [`has the unknown type ${type}`]),
    ...(isTrue(xml, "externalId") && !KEYS.includes(type) ? [`a ${type} cannot be an external id`] : []),
    ...(isTrue(xml, "unique") && type === "Text" && !isTrue(xml, "caseSensitive") ? ["must be case-sensitive"] : []),
    ...(ROW_KEYS.test(name) && !isRowKey(xml)
      ? ["must be a unique, case-sensitive external id of 255 characters"]
      : []),
    ...(isTrue(xml, "trackHistory") && !keeps ? ["tracks history where its object keeps none"] : []),
  ];
}

function isRowKey(field: Element): boolean {
  return (
    ["externalId", "unique", "caseSensitive"].every((tag) => isTrue(field, tag)) &&
    text(field, "type") === "Text" &&
    text(field, "length") === "255"
  );
}

function tooManyTracked(fields: readonly Component[]): Problem[] {
  const tracked = Map.groupBy(
    fields.filter(({ xml }) => isTrue(xml, "trackHistory")),
    ({ object }) => object,
  );
  return [...tracked.values()].flatMap((ofObject) =>
    ofObject
      .slice(MOST_TRACKED)
      .map(({ path, object }) => ({ path, message: `is tracked beyond the ${MOST_TRACKED} fields of ${object}` })),
  );
}

function sameRelationshipTwice(fields: readonly Component[]): Problem[] {
  const seen = new Set<string>();
  return fields.flatMap(({ xml, object, path }) => {
    const name = text(xml, "relationshipName");
    const place = `${said(xml, "referenceTo")}.${String(name)}`;
    if (name === undefined || !seen.has(place)) {
      seen.add(place);
      return [];
    }
    return [{ path, message: `${object} gives the relationship ${place} a second time` }];
  });
}

/** Picklists of one name mean one thing on every object. */
function sameNameOtherValues(fields: readonly Component[], catalog: Catalog): Problem[] {
  const first = new Map<string, string>();
  return fields.flatMap(({ name, object, path }) => {
    const values = catalog.picklist(object, name)?.join();
    if (values === undefined) return [];
    const before = first.get(name) ?? values;
    first.set(name, before);
    return before === values ? [] : [{ path, message: `has other values than ${name} of another object` }];
  });
}

function inRange(field: Element, tag: string, least: number, most: number): string[] {
  const value = Number(text(field, tag) ?? Number.NaN);
  return value >= least && value <= most ? [] : [`needs a ${tag} from ${least} to ${most}`];
}

function said(element: Element, tag: string): string {
  return text(element, tag) ?? "(nothing)";
}
