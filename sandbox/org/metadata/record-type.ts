import { basename, join } from "node:path";
import { z } from "zod";
import { lookup, type ObjectDraft } from "../schema/define.ts";
import { filesIn, readXml } from "./read-xml.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const listOf = <T extends z.ZodType>(shape: T) => z.union([shape.array(), shape.transform((one) => [one])]).default([]);

const recordType = z.object({
  fullName: z.string(),
  active: flag,
  label: z.string(),
  picklistValues: listOf(
    z.object({ picklist: z.string(), values: listOf(z.object({ fullName: z.string(), default: flag.optional() })) }),
  ),
});
const visibilities = z.object({
  recordTypeVisibilities: listOf(z.object({ recordType: z.string(), visible: flag, default: flag.optional() })),
});

export interface RecordType {
  readonly object: string;
  readonly name: string;
  readonly label: string;
  readonly isActive: boolean;
  /** What it leaves of picklists, by field; of those that it does not name, all. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What a new record begins with, by field. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** Which record types (`Case.Complaint`) the holders of a profile or a permission set may give to records. */
export interface RecordTypeGrant {
  /** Of the profile or the permission set. */
  readonly holder: string;
  readonly visible: readonly string[];
  /** What a new record gets where nobody says another one; only profiles have any. */
  readonly defaults: readonly string[];
}

/** The record types of an object's folder. An object that has some has a field for them. */
export function readRecordTypes(folder: string, objects: ReadonlyMap<string, ObjectDraft>): readonly RecordType[] {
  const object = objects.get(basename(folder));
  const files = filesIn(join(folder, "recordTypes"), ".recordType-meta.xml");
  if (object === undefined || files.length === 0) return [];
  if (!object.fields.some(({ name }) => name === "RecordTypeId")) {
    object.fields.push(lookup("RecordTypeId", ["RecordType"], { label: "Record Type ID", permissionable: false }));
  }
  return files.map((file) => {
    const { fullName: name, label, active, picklistValues } = readXml(file, recordType);
    return {
      ...{ object: object.name, name, label, isActive: active },
      values: new Map(picklistValues.map(({ picklist, values }) => [picklist, values.map(toValue)])),
      defaults: Object.fromEntries(
        picklistValues.flatMap(({ picklist, values }) =>
          values.filter((value) => value.default === true).map((value) => [picklist, toValue(value)]),
        ),
      ),
    };
  });
}

/** Metadata writes values as in an address: `On%20Hold`. */
const toValue = ({ fullName }: { readonly fullName: string }): string => decodeURIComponent(fullName);

/** What the profiles and permission sets of a source folder say about record types. */
export function readRecordTypeGrants(folder: string): readonly RecordTypeGrant[] {
  return [
    ...readGrants(join(folder, "profiles"), ".profile-meta.xml"),
    ...readGrants(join(folder, "permissionsets"), ".permissionset-meta.xml"),
  ];
}

function readGrants(folder: string, ending: string): readonly RecordTypeGrant[] {
  return filesIn(folder, ending).map((file) => {
    const given = readXml(file, visibilities).recordTypeVisibilities.filter(({ visible }) => visible);
    return {
      holder: decodeURIComponent(basename(file, ending)),
      visible: given.map((one) => one.recordType),
      defaults: given.filter((one) => one.default === true).map((one) => one.recordType),
    };
  });
}
