import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Tree } from "../tree.ts";
import { all, texts } from "../xml.ts";
import { sourcesOf } from "./imports.ts";

const NAMED = /@salesforce\/label\/c\.(\w+)|\$Label\.(?:c\.)?(\w+)/g;

/** No label twice, and none that nobody shows: somebody would translate it. */
export function checkLabels(tree: Tree, catalog: Catalog): Problem[] {
  const code = catalog.of("LightningComponentBundle").flatMap((bundle) => sourcesOf(tree.root, bundle));
  const pages = catalog
    .of("FlexiPage")
    .map(({ path }) => ({ path, source: readFileSync(join(tree.root, path), "utf8") }));
  const used = new Set(
    [...code, ...pages].flatMap(({ source }) =>
      [...source.matchAll(NAMED)].map(([, imported, shown]) => imported ?? shown),
    ),
  );
  return catalog.of("CustomLabels").flatMap(({ path, xml }) => {
    const names = all(xml, "labels").flatMap((label) => texts(label, "fullName"));
    return [
      ...names.filter((name, at) => names.indexOf(name) < at).map((name) => ({ path, message: `has ${name} twice` })),
      ...names.filter((name) => !used.has(name)).map((name) => ({ path, message: `has ${name}, which nobody shows` })),
    ];
  });
}
