import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { toCatalog } from "./catalog.ts";
import { checkConversion } from "./convert.ts";
import type { Problem } from "./problem.ts";
import { checkFields } from "./rules/fields.ts";
import { checkFormulas } from "./rules/formulas.ts";
import { checkImports } from "./rules/imports.ts";
import { checkObjects } from "./rules/objects.ts";
import { checkPages } from "./rules/pages.ts";
import { checkPermissions } from "./rules/permissions.ts";
import { checkShape } from "./rules/shape.ts";
import { checkVersions } from "./rules/versions.ts";
import { readTree, type Tree } from "./tree.ts";

const Project = z.object({
  packageDirectories: z.array(z.object({ path: z.string() })),
  sourceApiVersion: z.string(),
});

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

/** The package folders as they lie there, and what of them cannot be read. */
export function readProject(root: string): [Tree, Problem[]] {
  const project = Project.parse(JSON.parse(readFileSync(join(root, "sfdx-project.json"), "utf8")));
  const folders = project.packageDirectories.map((folder) => folder.path);
  return readTree(root, folders, project.sourceApiVersion);
}

/** All that can be said without converting. */
export function checkRules(tree: Tree): Problem[] {
  const catalog = toCatalog(tree);
  const rules = [checkFields, checkObjects, checkFormulas, checkPermissions, checkPages];
  return [
    ...checkShape(tree),
    ...checkVersions(tree),
    ...checkImports(tree, catalog),
    ...rules.flatMap((rule) => rule(catalog)),
  ];
}
