import { basename } from "node:path";
import { z } from "zod";
import { readXml } from "./read-xml.ts";

const granted = z.enum(["true", "false"]).transform((value) => value === "true");

const permissionSet = z.object({
  label: z.string().optional(),
  fieldPermissions: z.array(z.object({ field: z.string(), readable: granted, editable: granted })).default([]),
  objectPermissions: z
    .array(
      z.object({
        object: z.string(),
        allowRead: granted,
        allowCreate: granted,
        allowEdit: granted,
        allowDelete: granted,
        viewAllRecords: granted,
        modifyAllRecords: granted,
      }),
    )
    .default([]),
  customPermissions: z.array(z.object({ name: z.string(), enabled: granted })).default([]),
  userPermissions: z.array(z.object({ name: z.string(), enabled: granted })).default([]),
  tabSettings: z.array(z.object({ tab: z.string(), visibility: z.string() })).default([]),
  applicationVisibilities: z.array(z.object({ application: z.string(), visible: granted })).default([]),
});

/** What a permission set (or a profile) gives, by the names in the metadata. */
export interface PermissionSet {
  readonly name: string;
  /** Of the package it came with; empty for none. */
  readonly namespace: string;
  readonly label: string;
  readonly fields: z.infer<typeof permissionSet>["fieldPermissions"];
  readonly objects: z.infer<typeof permissionSet>["objectPermissions"];
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  /** Tabs that are shown. */
  readonly tabs: readonly string[];
  readonly applications: readonly string[];
}

export function readPermissionSet(file: string): PermissionSet {
  const found = readXml(file, permissionSet);
  const [name = "", namespace = ""] = basename(file, ".permissionset-meta.xml").split("__").reverse();
  const enabled = (list: readonly { name: string; enabled: boolean }[]): string[] =>
    list.filter((each) => each.enabled).map((each) => each.name);
  return {
    name,
    namespace,
    label: found.label ?? name,
    fields: found.fieldPermissions,
    objects: found.objectPermissions,
    customPermissions: enabled(found.customPermissions),
    userPermissions: enabled(found.userPermissions),
    tabs: found.tabSettings.flatMap(({ tab, visibility }) => (visibility === "Visible" ? [tab] : [])),
    applications: found.applicationVisibilities.flatMap(({ application, visible }) => (visible ? [application] : [])),
  };
}
