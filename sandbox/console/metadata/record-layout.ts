import path from "node:path";
import { z } from "zod";
import type { Section } from "../contract.ts";
import { listFiles, readXml } from "./read-xml.ts";
import { standardHighlights, standardSections } from "./standard-layouts.ts";

const LayoutItem = z.object({ field: z.string().optional(), behavior: z.string().optional() });
const LayoutColumn = z.union([z.object({ layoutItems: z.array(LayoutItem).default([]) }), z.string()]);

const Layout = z.object({
  Layout: z.object({
    layoutSections: z
      .array(
        z.object({
          label: z.string().default(""),
          style: z.string().optional(),
          layoutColumns: z.array(LayoutColumn).default([]),
        }),
      )
      .default([]),
  }),
});

const CompactLayout = z.object({ CompactLayout: z.object({ fields: z.array(z.string()).default([]) }) });

export interface RecordLayout {
  readonly sections: readonly Section[];
  /** Shown but never edited, whatever the user's rights. */
  readonly readOnly: ReadonlySet<string>;
}

/** The sections of an object's page layout: the first in the source folder, else the one the platform brings. */
export function readLayout(forceApp: string, object: string): RecordLayout {
  const file = listFiles(path.join(forceApp, "layouts"), ".layout-meta.xml").find(({ name }) =>
    name.startsWith(`${object}-`),
  )?.file;
  if (file === undefined) return { sections: standardSections(object), readOnly: new Set() };
  const sections = readXml(file, Layout).Layout.layoutSections.map(({ label, layoutColumns }) => ({
    label,
    columns: layoutColumns.map((column) => (typeof column === "string" ? [] : column.layoutItems)),
  }));
  const items = sections.flatMap(({ columns }) => columns.flat());
  return {
    sections: sections.map(({ label, columns }) => ({
      label,
      columns: columns.map((column) => column.flatMap(named)),
    })),
    readOnly: new Set(items.filter(({ behavior }) => behavior === "Readonly").flatMap(named)),
  };
}

const named = ({ field }: z.infer<typeof LayoutItem>): string[] => (field === undefined ? [] : [field]);

/** The fields of an object's compact layout: the first in the source folder, else the one the platform brings. */
export function readHighlights(forceApp: string, object: string): readonly string[] {
  const folder = path.join(forceApp, "objects", object, "compactLayouts");
  const [first] = listFiles(folder, ".compactLayout-meta.xml");
  return first === undefined ? standardHighlights(object) : readXml(first.file, CompactLayout).CompactLayout.fields;
}
