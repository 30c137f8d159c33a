import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component, Tree } from "../tree.ts";
import { all, texts } from "../xml.ts";

const IMPORT = /["'](@salesforce\/label|@salesforce\/schema|@salesforce\/messageChannel|c)\/([\w.]+)["']/g;
const TAG = /<c-([a-z][a-z-]*)/g;

/** Lightning components: the labels, fields, channels and components that they name are there. */
export function checkImports(tree: Tree, catalog: Catalog): Problem[] {
  const labels = catalog
    .of("CustomLabels")
    .flatMap(({ xml }) => all(xml, "labels").flatMap((label) => texts(label, "fullName")));
  const isThere: Readonly<Record<string, (name: string) => boolean>> = {
    "@salesforce/label": (name) => labels.includes(name.replace(/^c\./, "")),
    "@salesforce/messageChannel": (name) => catalog.has("LightningMessageChannel", name.replace(/__c$/, "")),
    "@salesforce/schema": (name) => isInSchema(name, catalog),
    c: (name) => catalog.has("LightningComponentBundle", name),
  };
  return catalog.of("LightningComponentBundle").flatMap((bundle) =>
    sourcesOf(tree.root, bundle).flatMap(({ path, source }) => {
      const imported = [...source.matchAll(IMPORT)].map(([, kind = "", name = ""]): [string, string] => [kind, name]);
      const placed = [...source.matchAll(TAG)].map(([, tag = ""]): [string, string] => ["c", toCamelCase(tag)]);
      const absent = [...imported, ...placed].filter(([kind, name]) => isThere[kind]?.(name) !== true);
      return absent.map(([kind, name]) => ({ path, message: `no ${kind}/${name}` }));
    }),
  );
}

function isInSchema(name: string, catalog: Catalog): boolean {
  const [object = "", ...field] = name.split(".");
  return catalog.isObject(object) && (field.length === 0 || catalog.isField(object, field.join(".")));
}

/** The scripts and templates of a component, without its tests. */
export function sourcesOf(root: string, bundle: Component): { path: string; source: string }[] {
  const folder = dirname(bundle.path);
  return readdirSync(join(root, folder))
    .filter((file) => /\.(js|html)$/.test(file))
    .map((file) => join(folder, file))
    .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") }));
}

function toCamelCase(tag: string): string {
  return tag.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
