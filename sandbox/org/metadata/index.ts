import { basename, join } from "node:path";
import { z } from "zod";
import type { ObjectType, Picklist, Schema } from "../schema.ts";
import type { ObjectDraft } from "../schema/define.ts";
import { toSchema } from "../schema/to-schema.ts";
import { enablePersonAccounts, PERSON_ACCOUNT } from "../schema/person-accounts.ts";
import { standardObjects } from "../schema/standard/index.ts";
import { readSelectedObjects } from "./channel-member.ts";
import { customField, toPicklistValues } from "./custom-field.ts";
import { readObject } from "./custom-object.ts";
import { readDuplicateRules, type DuplicateRule } from "./duplicate-rule.ts";
import { toHistoryObject } from "./history-object.ts";
import { readPermissionSet, type PermissionSet } from "./permission-set.ts";
import { filesIn, foldersIn, readXml } from "./read-xml.ts";
import { readRecordTypeGrants, readRecordTypes, type RecordType, type RecordTypeGrant } from "./record-type.ts";
import { readRoles, type Role } from "./role.ts";

export type { PermissionSet } from "./permission-set.ts";

/** What the source folders say, as far as the sandbox plays it. */
export interface Metadata {
  readonly schema: Schema;
  readonly permissionSets: readonly PermissionSet[];
  readonly customPermissions: ReadonlySet<string>;
  readonly queues: readonly Queue[];
  readonly duplicateRules: readonly DuplicateRule[];
  readonly recordTypes: readonly RecordType[];
  readonly recordTypeGrants: readonly RecordTypeGrant[];
  readonly roles: readonly Role[];
  /** Whose changes become events. */
  readonly selectedObjects: ReadonlySet<ObjectType>;
}

export interface Queue {
  readonly developerName: string;
  readonly name: string;
  /** The objects whose rows it may own. */
  readonly objects: readonly string[];
}

const valueShape = customField.shape.valueSet.unwrap().shape.valueSetDefinition.unwrap().shape.value;
const globalValueSet = z.object({ customValue: valueShape.default([]) });
const standardValueSet = z.object({ standardValue: valueShape.default([]) });
const queue = z.object({ name: z.string(), queueSobject: z.array(z.object({ sobjectType: z.string() })).default([]) });

/** Which standard fields a standard value set is behind. Statuses are rows as well, and stay as they are. */
const standardValues: Record<string, readonly [object: string, field: string]> = {
  CaseOrigin: ["Case", "Origin"],
  CasePriority: ["Case", "Priority"],
  CaseReason: ["Case", "Reason"],
  CaseType: ["Case", "Type"],
};

/** Reads folders in Salesforce's source format, one over the other. Throws a sentence about the first thing it cannot play. */
export function readMetadata(folders: readonly string[]): Metadata {
  const objects = new Map(standardObjects().map((object) => [object.name, object]));
  const recordTypes: RecordType[] = [];
  const valueSets = new Map<string, Picklist["values"]>();
  for (const file of folders.flatMap((folder) =>
    filesIn(join(folder, "globalValueSets"), ".globalValueSet-meta.xml"),
  )) {
    const name = basename(file, ".globalValueSet-meta.xml");
    valueSets.set(name, toPicklistValues(readXml(file, globalValueSet).customValue));
  }
  for (const folder of folders) {
    for (const name of foldersIn(join(folder, "objects")).filter((each) => each !== PERSON_ACCOUNT)) {
      readObject(join(folder, "objects", name), objects, valueSets);
      recordTypes.push(...readRecordTypes(join(folder, "objects", name), objects));
    }
    readStandardValues(folder, objects);
  }
  if (folders.some((folder) => foldersIn(join(folder, "objects")).includes(PERSON_ACCOUNT))) {
    enablePersonAccounts(objects);
  }
  const histories = [...objects.values()].filter(({ keepsHistory }) => keepsHistory === true).map(toHistoryObject);
  const schema = toSchema([...objects.values(), ...histories]);
  return {
    schema,
    selectedObjects: toSelected(schema, folders),
    permissionSets: folders.flatMap((folder) =>
      filesIn(join(folder, "permissionsets"), ".permissionset-meta.xml").map(readPermissionSet),
    ),
    customPermissions: new Set(
      folders
        .flatMap((folder) => filesIn(join(folder, "customPermissions"), ".customPermission-meta.xml"))
        .map((file) => basename(file, ".customPermission-meta.xml")),
    ),
    recordTypes,
    recordTypeGrants: folders.flatMap(readRecordTypeGrants),
    roles: folders.flatMap(readRoles),
    duplicateRules: folders.flatMap((folder) => readDuplicateRules(schema, folder)),
    queues: folders.flatMap((folder) => filesIn(join(folder, "queues"), ".queue-meta.xml").map(readQueue)),
  };
}

function toSelected(schema: Schema, folders: readonly string[]): ReadonlySet<ObjectType> {
  const names = folders.flatMap(readSelectedObjects);
  return new Set(
    names.map((name) => {
      const object = schema.object(name);
      if (object === undefined) throw new Error(`change events are selected for ${name}, which is not there`);
      return object;
    }),
  );
}

function readStandardValues(folder: string, objects: Map<string, ObjectDraft>): void {
  for (const file of filesIn(join(folder, "standardValueSets"), ".standardValueSet-meta.xml")) {
    const [objectName, fieldName] = standardValues[basename(file, ".standardValueSet-meta.xml")] ?? [];
    const object = objects.get(objectName ?? "");
    const at = object?.fields.findIndex((field) => field.name === fieldName) ?? -1;
    const field = object?.fields[at];
    if (!object || !field) continue;
    const values = toPicklistValues(readXml(file, standardValueSet).standardValue);
    object.fields[at] = { ...field, picklist: { restricted: false, values } };
  }
}

function readQueue(file: string): Queue {
  const found = readXml(file, queue);
  return {
    developerName: basename(file, ".queue-meta.xml"),
    name: found.name,
    objects: found.queueSobject.map((each) => each.sobjectType),
  };
}
