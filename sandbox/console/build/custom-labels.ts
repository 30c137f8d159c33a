import fs from "node:fs";
import path from "node:path";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

const Labels = z.object({
  CustomLabels: z.object({
    labels: z.array(z.object({ fullName: z.string(), value: z.string().default("") })).default([]),
  }),
});

/** The custom labels of a source folder: name to English text. */
export function readLabels(forceApp: string): ReadonlyMap<string, string> {
  const file = path.join(forceApp, "labels", "CustomLabels.labels-meta.xml");
  if (!fs.existsSync(file)) return new Map();
  const parser = new XMLParser({ isArray: (name) => name === "labels", parseTagValue: false, trimValues: false });
  const { CustomLabels } = Labels.parse(parser.parse(fs.readFileSync(file, "utf8")));
  return new Map(CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
}
