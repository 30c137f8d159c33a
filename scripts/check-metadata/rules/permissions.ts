import { toMetadataObject, type Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import { withoutObjectPermissions } from "../standard.ts";
import type { Component } from "../tree.ts";
import { all, isTrue, text, texts, type Element } from "../xml.ts";

const CONNECTOR = "Social_Connector";
const PRIVATE_TEXT = ".Private_Text__c";
const MAY_READ_PRIVATE_TEXT = [CONNECTOR, "Social_Private_Messages"];

/** Permission sets: about what exists, and closed where privacy asks for it. */
export function checkPermissions(catalog: Catalog): Problem[] {
  return catalog
    .of("PermissionSet")
    .flatMap((set) =>
      [
        ...unknownNames(set, catalog),
        ...all(set.xml, "fieldPermissions").flatMap((right) => fieldFaults(right, catalog)),
        ...all(set.xml, "objectPermissions").flatMap((right) => objectFaults(right, catalog)),
        ...tooMuch(set),
      ].map((message) => ({ path: set.path, message })),
    );
}

function unknownNames({ xml }: Component, catalog: Catalog): string[] {
  const isTab = (tab: string) => catalog.has("CustomTab", tab) || catalog.isObject(tab.replace(/^standard-/, ""));
  const absent = (kind: string, names: readonly string[], isKnown: (name: string) => boolean) =>
    names.filter((name) => !isKnown(name)).map((name) => `no ${kind} ${name}`);
  return [
    ...["label", "description"].filter((tag) => !text(xml, tag)).map((tag) => `has no ${tag}`),
    ...absent("tab", texts(xml, "tabSettings", "tab"), isTab),
    ...absent("app", texts(xml, "applicationVisibilities", "application"), (name) =>
      catalog.has("CustomApplication", name),
    ),
    ...absent("custom permission", texts(xml, "customPermissions", "name"), (name) =>
      catalog.has("CustomPermission", name),
    ),
  ];
}

function fieldFaults(right: Element, catalog: Catalog): string[] {
  const [object = "", field = ""] = (text(right, "field") ?? "").split(".");
  const custom = catalog.find("CustomField", `${toMetadataObject(object)}.${field}`);
  return [
    ...(catalog.isField(object, field) ? [] : [`${object} has no field ${field}`]),
    ...(object === "Activity" ? [`${field} must be named by Task or Event, not Activity`] : []),
    ...(custom !== undefined && isTrue(custom.xml, "required") ? [`${field} is required and takes no permission`] : []),
    ...(isTrue(right, "editable") && !isTrue(right, "readable") ? [`${field} is editable but not readable`] : []),
  ];
}

function objectFaults(right: Element, catalog: Catalog): string[] {
  const object = text(right, "object") ?? "";
  const needs = (tag: string, needed: string) =>
    isTrue(right, tag) && !isTrue(right, needed) ? [`${object}: ${tag} needs ${needed}`] : [];
  return [
    ...(catalog.isObject(object) ? [] : [`no object ${object}`]),
    ...(withoutObjectPermissions.includes(object) ? [`${object} has no object permissions: use EditTask`] : []),
    ...["allowCreate", "allowEdit", "viewAllRecords"].flatMap((tag) => needs(tag, "allowRead")),
    ...needs("allowDelete", "allowEdit"),
    ...["allowEdit", "allowDelete", "viewAllRecords"].flatMap((tag) => needs("modifyAllRecords", tag)),
  ];
}

function tooMuch({ name, xml }: Component): string[] {
  const secrets = texts(xml, "fieldPermissions", "field").filter((field) => field.endsWith(PRIVATE_TEXT));
  const isConnector = texts(xml, "customPermissions", "name").includes("Earshot_Connector");
  return [
    ...(MAY_READ_PRIVATE_TEXT.includes(name) ? [] : secrets.map((field) => `opens ${field}`)),
    ...(isConnector && name !== CONNECTOR ? ["makes its holder pass for the connector"] : []),
  ];
}
