import path from "node:path";
import { z } from "zod";
import { listFiles, readXml } from "./read-xml.ts";

const Filter = z.object({ field: z.string(), operation: z.string(), value: z.string().default("") });

const ListViewFile = z.object({
  ListView: z.object({
    fullName: z.string(),
    label: z.string(),
    columns: z.array(z.string()).default([]),
    filterScope: z.string().default("Everything"),
    queue: z.string().optional(),
    booleanFilter: z.string().optional(),
    filters: z.array(Filter).default([]),
  }),
});

export type ListView = z.infer<typeof ListViewFile>["ListView"];
export type ListFilter = z.infer<typeof Filter>;

/** The list views of an object in a source folder, in the order of their labels. */
export function readListViews(forceApp: string, object: string): readonly ListView[] {
  const folder = path.join(forceApp, "objects", object, "listViews");
  return listFiles(folder, ".listView-meta.xml")
    .map(({ file }) => readXml(file, ListViewFile).ListView)
    .sort((a, b) => a.label.localeCompare(b.label));
}
