import { toCatalog } from "./catalog.ts";
import { checkConversion } from "./convert.ts";
import type { Problem } from "./problem.ts";
import { readProjectFile } from "./project-file.ts";
import { checkComponents } from "./rules/components.ts";
import { checkEvents } from "./rules/events.ts";
import { checkFields } from "./rules/fields.ts";
import { checkFormulas } from "./rules/formulas.ts";
import { checkImports } from "./rules/imports.ts";
import { checkLabels } from "./rules/labels.ts";
import { checkLeftAlone } from "./rules/left-alone.ts";
import { checkNames } from "./rules/names.ts";
import { checkObjects } from "./rules/objects.ts";
import { checkPackage } from "./rules/package.ts";
import { checkPages } from "./rules/pages.ts";
import { checkPermissions } from "./rules/permissions.ts";
import { checkShape } from "./rules/shape.ts";
import { checkVersions } from "./rules/versions.ts";
import { readTree, type Tree } from "./tree.ts";

export interface Report {
  readonly components: number;
  readonly problems: readonly Problem[];
}

/** Checks the package folders that `sfdx-project.json` in `root` names. Throws only where that file cannot be read. */
export async function checkMetadata(root: string): Promise<Report> {
  const [tree, unreadable] = readProject(root);
  const problems = [...unreadable, ...checkRules(tree), ...(await checkConversion(tree))];
  return { components: tree.components.length, problems };
}

/** The package folders as they lie there, and what of them and of the project's file is wrong. */
export function readProject(root: string): [Tree, Problem[]] {
  const [project, faults] = readProjectFile(root);
  const [tree, unreadable] = readTree(root, project);
  return [tree, [...faults, ...unreadable]];
}

/** All that can be said without converting. */
export function checkRules(tree: Tree): Problem[] {
  const catalog = toCatalog(tree);
  const ofCatalog = [checkFields, checkObjects, checkFormulas, checkPermissions, checkPages, checkNames, checkEvents];
  const ofTree = [checkComponents, checkImports, checkLabels, checkLeftAlone, checkPackage];
  return [
    ...checkShape(tree),
    ...checkVersions(tree),
    ...ofTree.flatMap((rule) => rule(tree, catalog)),
    ...ofCatalog.flatMap((rule) => rule(catalog)),
  ];
}
