import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkRules, readProject } from "./check.ts";
import { toComponent } from "./tree.ts";

// For tests: our own metadata with one thing changed.
export const project = resolve(import.meta.dirname, "../..");
export const package_ = "force-app/main/default";

const [tree] = readProject(project);
export { tree as ourMetadata };

/** What the check says where this one file reads otherwise. */
export function saidOf(path: string, source: string): readonly string[] {
  const read = toComponent(path, source);
  if ("message" in read) return [read.message];
  const components = [...tree.components.filter((one) => one.path !== path), read];
  return checkRules({ ...tree, components }).map(
    (problem) => `${problem.path.split("/").at(-1) ?? ""}: ${problem.message}`,
  );
}

/** What the check says after this replacement in one file. */
export function saidAfter(path: string, from: string | RegExp, to: string): readonly string[] {
  const before = readFileSync(join(project, path), "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} does not hold ${String(from)}`);
  return saidOf(path, after);
}
