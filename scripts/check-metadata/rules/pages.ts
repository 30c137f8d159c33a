import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { all, isTrue, text, texts, type Element } from "../xml.ts";
import { propertiesOf } from "./components.ts";

/** The platform's own components that our pages hold. */
const STANDARD = ["force:detailPanel", "force:highlightsPanel", "force:relatedListContainer"];
const TARGETS: Readonly<Record<string, string>> = {
  AppPage: "lightning__AppPage",
  HomePage: "lightning__HomePage",
  RecordPage: "lightning__RecordPage",
};

/** Lightning pages, tabs and the app: everything they hold exists and may stand where they put it. */
export function checkPages(catalog: Catalog): Problem[] {
  const told = (check: (one: Component, catalog: Catalog) => readonly string[]) => (one: Component) =>
    check(one, catalog).map((message) => ({ path: one.path, message }));
  return [
    ...catalog.of("FlexiPage").flatMap(told(pageFaults)),
    ...catalog.of("CustomTab").flatMap(told(tabFaults)),
    ...catalog.of("CustomApplication").flatMap(told(appFaults)),
  ];
}

function pageFaults({ xml }: Component, catalog: Catalog): string[] {
  const held = all(xml, "flexiPageRegions", "itemInstances", "componentInstance");
  const fields = all(xml, "flexiPageRegions", "itemInstances", "fieldInstance");
  const identifiers = [...held, ...fields].map((one) => text(one, "identifier"));
  const object = text(xml, "sobjectType");
  return [
    ...(held.length === 0 ? ["holds no component"] : []),
    ...(identifiers.includes(undefined) ? ["holds a component without identifier"] : []),
    ...(new Set(identifiers).size < identifiers.length ? ["uses an identifier twice"] : []),
    ...(text(xml, "type") === "RecordPage" && !catalog.isObject(object ?? "")
      ? [`no object ${object ?? "(none)"}`]
      : []),
    ...fields
      .flatMap((one) => texts(one, "fieldItem"))
      .filter((item) => !catalog.isField(object ?? "", item.replace(/^Record\./, "")))
      .map((item) => `shows no field: ${item}`),
    ...held.flatMap((one) => {
      const name = text(one, "componentName") ?? "(none)";
      if (!name.startsWith("c:")) return STANDARD.includes(name) ? [] : [`no component ${name}`];
      return [...placeFaults(name, text(xml, "type") ?? "", object, catalog), ...settingFaults(one, name, catalog)];
    }),
  ];
}

function placeFaults(name: string, page: string, object: string | undefined, catalog: Catalog): string[] {
  const bundle = catalog.find("LightningComponentBundle", name.slice(2));
  if (bundle === undefined) return [`no component ${name}`];
  const target = TARGETS[page] ?? "(none)";
  const narrowed = all(bundle.xml, "targetConfigs", "targetConfig", "objects").flatMap((one) => texts(one, "object"));
  return [
    ...(isTrue(bundle.xml, "isExposed") ? [] : [`${name} is not exposed`]),
    ...(texts(bundle.xml, "targets", "target").includes(target) ? [] : [`${name} has no target ${target}`]),
    ...(object === undefined || narrowed.length === 0 || narrowed.includes(object)
      ? []
      : [`${name} is not for ${object}`]),
  ];
}

function settingFaults(placed: Element, name: string, catalog: Catalog): string[] {
  const bundle = catalog.find("LightningComponentBundle", name.slice(2));
  const offered = bundle === undefined ? [] : propertiesOf(bundle);
  return texts(placed, "componentInstanceProperties", "name")
    .filter((property) => bundle !== undefined && !offered.includes(property))
    .map((property) => `${name} has no property ${property}`);
}

function tabFaults({ xml, name }: Component, catalog: Catalog): string[] {
  const page = text(xml, "flexiPage");
  if (isTrue(xml, "customObject")) return catalog.has("CustomObject", name) ? [] : [`no object ${name}`];
  return page !== undefined && catalog.has("FlexiPage", page) ? [] : [`opens no page: ${page ?? "(none)"}`];
}

function appFaults({ xml }: Component, catalog: Catalog): string[] {
  const tabs = texts(xml, "tabs");
  const isTab = (tab: string) =>
    tab.startsWith("standard-") ? catalog.isObject(tab.slice("standard-".length)) : catalog.has("CustomTab", tab);
  const mapped = texts(xml, "workspaceConfig", "mappings", "tab");
  return [
    ...tabs.filter((tab) => !isTab(tab)).map((tab) => `no tab ${tab}`),
    ...(tabs.toSorted().join() === mapped.toSorted().join() ? [] : ["workspaceConfig must map each of its tabs once"]),
    ...all(xml, "actionOverrides").flatMap((override) => {
      const page = catalog.find("FlexiPage", text(override, "content") ?? "");
      const fits = page !== undefined && text(page.xml, "sobjectType") === text(override, "pageOrSobjectType");
      return fits
        ? []
        : [`${text(override, "content") ?? "(nothing)"} is no page for ${text(override, "pageOrSobjectType") ?? "it"}`];
    }),
  ];
}
