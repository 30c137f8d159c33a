import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readXml } from "./read-xml.ts";

const CustomTab = z.object({
  CustomTab: z.object({
    label: z.string().optional(),
    flexiPage: z.string().optional(),
    motif: z.string().optional(),
  }),
});

export interface Tab {
  readonly label?: string | undefined;
  /** The FlexiPage it shows; without one it is the tab of the object it is named for. */
  readonly page?: string | undefined;
  readonly icon: string;
}

/** A tab that somebody defined; undefined for one that the platform brings. */
export function readTab(forceApp: string, name: string): Tab | undefined {
  const file = path.join(forceApp, "tabs", `${name}.tab-meta.xml`);
  if (!fs.existsSync(file)) return undefined;
  const { label, flexiPage, motif } = readXml(file, CustomTab).CustomTab;
  return { label, page: flexiPage, icon: toIcon(motif) };
}

/** `Custom53: Bell` is the design system's `custom:custom53`. */
function toIcon(motif = ""): string {
  const [, number] = /^Custom(\d+)/.exec(motif) ?? [];
  return number === undefined ? "standard:default" : `custom:custom${number}`;
}
