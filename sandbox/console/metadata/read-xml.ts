import fs from "node:fs";
import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import type { z } from "zod";

/** Elements that may occur more than once are lists even where there is one. */
const LISTS = new Set([
  "actionOverrides",
  "columns",
  "componentInstanceProperties",
  "fields",
  "filters",
  "flexiPageRegions",
  "itemInstances",
  "layoutColumns",
  "layoutItems",
  "layoutSections",
  "property",
  "tabs",
  "targetConfig",
  "valueListItems",
]);

const parser = new XMLParser({
  isArray: (name) => LISTS.has(name),
  parseTagValue: false,
  ignoreAttributes: false,
  attributeNamePrefix: "",
});

/** One metadata file, checked against its shape. Throws a sentence that names the file. */
export function readXml<T>(file: string, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(parser.parse(fs.readFileSync(file, "utf8")));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${file}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not as expected"}`);
}

/** The files of a folder with this ending, as name without it and path, in the order of their names. */
export function listFiles(folder: string, ending: string): readonly { readonly name: string; readonly file: string }[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name: name.slice(0, -ending.length), file: path.join(folder, name) }));
}
