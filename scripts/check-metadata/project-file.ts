import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "./problem.ts";
import type { Project } from "./tree.ts";

const path = "sfdx-project.json";

const ProjectFile = z.object({
  packageDirectories: z.array(
    z.object({
      path: z.string(),
      default: z.boolean().default(false),
      package: z.string().optional(),
      versionNumber: z.string().optional(),
    }),
  ),
  namespace: z.string().default(""),
  sourceApiVersion: z.string(),
});

/** What the project's file says of folders and versions, and what would stop a package from being made of it. Throws where it cannot be read. */
export function readProjectFile(root: string): [Project, Problem[]] {
  const file = ProjectFile.parse(JSON.parse(readFileSync(join(root, path), "utf8")));
  const directories = file.packageDirectories;
  const packaged = directories.filter((directory) => directory.package !== undefined);
  const project = {
    folders: directories.map((directory) => directory.path),
    packaged: packaged.map((directory) => directory.path),
    apiVersion: file.sourceApiVersion,
  };
  const faults = [
    ...(packaged.length === 1 ? [] : ["must make one package of one folder"]),
    ...(packaged.every((directory) => directory.default) ? [] : ["must have the package's folder as its default"]),
    ...packaged
      .filter(({ versionNumber = "" }) => !/^\d+\.\d+\.\d+\.(NEXT|\d+)$/.test(versionNumber))
      .map(({ package: name = "" }) => `needs a versionNumber such as 1.2.0.NEXT for ${name}`),
    ...(file.namespace === "" ? [] : ["must leave the namespace to whoever makes the package"]),
  ];
  return [project, faults.map((message) => ({ path, message }))];
}
