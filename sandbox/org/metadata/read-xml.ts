import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import type { z } from "zod";

/** Elements that may stand several times: always lists, also where there is one. */
const lists = new Set([
  "referenceTo",
  "value",
  "customValue",
  "standardValue",
  "fieldPermissions",
  "objectPermissions",
  "customPermissions",
  "userPermissions",
  "tabSettings",
  "applicationVisibilities",
  "queueSobject",
]);

const parser = new XMLParser({
  parseTagValue: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  isArray: (name) => lists.has(name),
});

/** One metadata file as the schema says it looks. Throws with the file's name where it does not. */
export function readXml<T>(file: string, shape: z.ZodType<T>): T {
  const document = parser.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const parsed = shape.safeParse(Object.values(document)[0]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not understood"}`);
  }
  return parsed.data;
}

/** The files of a folder that end so, in the order of their names; none where there is no such folder. */
export function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((name) => statSync(join(folder, name)).isDirectory());
}
