import { dirname, join } from "node:path";
import { readFileSync } from "node:fs";
import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component, Tree } from "../tree.ts";
import { all, isTrue, texts, type Element } from "../xml.ts";

const TARGETS = ["lightning__AppPage", "lightning__HomePage", "lightning__RecordPage"];
const PROPERTY_TYPES = ["Boolean", "Integer", "String"];
const IN_CONFIG = ["objects", "property", "supportedFormFactors"];

/** Lightning components: what they offer to page builders is there, and fits. */
export function checkComponents(tree: Tree, catalog: Catalog): Problem[] {
  return catalog
    .of("LightningComponentBundle")
    .flatMap((bundle) => faults(tree, bundle, catalog).map((message) => ({ path: bundle.path, message })));
}

/** What a page may set of this component. */
export function propertiesOf(bundle: Component): readonly string[] {
  return configsOf(bundle).flatMap((config) =>
    all(config, "property").flatMap(({ attributes }) => attributes.get("name") ?? []),
  );
}

function faults(tree: Tree, bundle: Component, catalog: Catalog): string[] {
  const { xml, path, name } = bundle;
  const targets = texts(xml, "targets", "target");
  const source = readFileSync(join(tree.root, dirname(path), `${name}.js`), "utf8");
  return [
    ...(isTrue(xml, "isExposed") && targets.length === 0 ? ["is exposed but has no target"] : []),
    ...(!isTrue(xml, "isExposed") && targets.length > 0 ? ["has targets but is not exposed"] : []),
    ...targets.filter((target) => !TARGETS.includes(target)).map((target) => `has the unknown target ${target}`),
    ...configsOf(bundle).flatMap((config) => configFaults(config, targets, catalog)),
    ...propertiesOf(bundle)
      .filter((property) => !new RegExp(`@api\\s+(?:get\\s+|set\\s+)?${property}\\b`).test(source))
      .map((property) => `offers ${property}, which its script does not take`),
  ];
}

function configFaults(config: Element, targets: readonly string[], catalog: Catalog): string[] {
  const named = (config.attributes.get("targets") ?? "").split(",").map((target) => target.trim());
  return [
    ...named
      .filter((target) => !targets.includes(target))
      .map((target) => `configures ${target}, no target of its own`),
    ...[...config.children.keys()].filter((tag) => !IN_CONFIG.includes(tag)).map((tag) => `has an unknown ${tag}`),
    ...texts(config, "objects", "object")
      .filter((object) => !catalog.isObject(object))
      .map((object) => `is for no object: ${object}`),
    ...all(config, "property")
      .map(({ attributes }) => attributes.get("type") ?? "(none)")
      .filter((type) => !PROPERTY_TYPES.includes(type))
      .map((type) => `has a property of unknown type: ${type}`),
  ];
}

function configsOf({ xml }: Component): readonly Element[] {
  return all(xml, "targetConfigs", "targetConfig");
}
