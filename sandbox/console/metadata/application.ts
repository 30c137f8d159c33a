import path from "node:path";
import { z } from "zod";
import { listFiles, readXml } from "./read-xml.ts";

const Override = z.object({
  actionName: z.string(),
  content: z.string().optional(),
  pageOrSobjectType: z.string().optional(),
  type: z.string(),
});

const CustomApplication = z.object({
  CustomApplication: z.object({
    label: z.string(),
    tabs: z.array(z.string()).default([]),
    actionOverrides: z.array(Override).default([]),
  }),
});

export interface Application {
  /** Empty where there is none. */
  readonly name: string;
  readonly label: string;
  /** Names of tabs: `standard-Case`, `Social_Inbox`, `Social_Post__c`. */
  readonly tabs: readonly string[];
  /** By object, the FlexiPage that shows a record of it. */
  readonly recordPages: ReadonlyMap<string, string>;
}

/** The first app of a source folder. Without one, the console has a name and no tabs. */
export function readApplication(forceApp: string): Application {
  const [first] = listFiles(path.join(forceApp, "applications"), ".app-meta.xml");
  if (first === undefined) return { name: "", label: "Sandbox", tabs: [], recordPages: new Map() };
  const { label, tabs, actionOverrides } = readXml(first.file, CustomApplication).CustomApplication;
  const pages = actionOverrides
    .filter(({ actionName, type }) => actionName === "View" && type.toLowerCase() === "flexipage")
    .map(({ pageOrSobjectType = "", content = "" }) => [pageOrSobjectType, content] as const);
  return { name: first.name, label, tabs, recordPages: new Map(pages) };
}
