import type { Catalog } from "../catalog.ts";
import { listTokens } from "../standard.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { all, text, texts } from "../xml.ts";

/** Objects, and what shows their fields: compact layouts, list views, layouts. */
export function checkObjects(catalog: Catalog): Problem[] {
  return [
    ...catalog.of("CustomObject").flatMap((object) => told(object, objectFaults(object, catalog))),
    ...catalog
      .of("CompactLayout")
      .flatMap((one) => told(one, unknownFields(catalog, one.object, texts(one.xml, "fields")))),
    ...catalog.of("ListView").flatMap((view) => told(view, viewFaults(view, catalog))),
    ...catalog.of("Layout").flatMap((layout) => told(layout, layoutFaults(layout, catalog))),
  ];
}

/**
 * Whoever is on shift decides about a colleague's reply that failed, who a persona is, and what a post means; validation
 * rules and field permissions guard the rest of them.
 */
const decidedOn = ["Social_Reply__c", "Social_Persona__c", "Social_Post__c"];

function objectFaults({ xml, name }: Component, catalog: Catalog): string[] {
  const compact = text(xml, "compactLayoutAssignment");
  const inside = decidedOn.includes(name) ? "ReadWrite" : "Read";
  const together = ["enableBulkApi", "enableSharing", "enableStreamingApi"].map((tag) => text(xml, tag));
  return [
    ...["label", "pluralLabel", "description"].filter((tag) => !text(xml, tag)).map((tag) => `has no ${tag}`),
    ...(compact === undefined || catalog.has("CompactLayout", `${name}.${compact}`)
      ? []
      : [`no compact layout ${compact}`]),
    ...(new Set(together).size === 1 ? [] : ["enableBulkApi, enableSharing and enableStreamingApi must be alike"]),
    ...(text(xml, "sharingModel") === inside && text(xml, "externalSharingModel") === "Private"
      ? []
      : [`must share ${inside} inside and Private outside`]),
    ...unknownFields(catalog, name, [
      ...texts(xml, "searchLayouts", "customTabListAdditionalFields"),
      ...texts(xml, "searchLayouts", "searchResultsAdditionalFields"),
    ]),
  ];
}

function viewFaults({ xml, object }: Component, catalog: Catalog): string[] {
  const filters = all(xml, "filters");
  const named = [...texts(xml, "columns"), ...filters.flatMap((filter) => texts(filter, "field"))];
  const wrong = filters.flatMap((filter) => {
    const values = catalog.picklist(object, text(filter, "field") ?? "");
    const asked = (text(filter, "value") ?? "").split(",").filter((value) => value !== "");
    return values === undefined ? [] : asked.filter((value) => !values.includes(value));
  });
  return [
    ...unknownColumns(catalog, object, named),
    ...wrong.map((value) => `filters by a value that is none: ${value}`),
  ];
}

function layoutFaults({ xml, name }: Component, catalog: Catalog): string[] {
  const object = name.split("-")[0] ?? "";
  if (!catalog.isObject(object)) return [`belongs to no object: ${object}`];
  return [
    ...unknownFields(catalog, object, texts(xml, "layoutSections", "layoutColumns", "layoutItems", "field")),
    ...all(xml, "relatedLists").flatMap((list) => {
      const [child = "", lookup = ""] = (text(list, "relatedList") ?? "").split(".");
      const field = catalog.find("CustomField", `${child}.${lookup}`);
      if (field === undefined || text(field.xml, "referenceTo") !== object)
        return [`no related list ${child}.${lookup}`];
      return unknownColumns(catalog, child, texts(list, "fields"));
    }),
  ];
}

function unknownFields(catalog: Catalog, object: string, names: readonly string[]): string[] {
  return names.filter((name) => !catalog.isField(object, name)).map((name) => `${object} has no field ${name}`);
}

function unknownColumns(catalog: Catalog, object: string, names: readonly string[]): string[] {
  const tokens = listTokens[object] ?? listTokens["*"] ?? [];
  return unknownFields(
    catalog,
    object,
    names.filter((name) => !tokens.includes(name)),
  );
}

function told({ path }: Component, messages: readonly string[]): Problem[] {
  return messages.map((message) => ({ path, message }));
}
