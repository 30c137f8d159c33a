import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ObjectDraft } from "../schema/define.ts";
import { ownedFields, systemFields } from "../schema/standard/system-fields.ts";
import { customField, toFieldDraft, type ValueSets } from "./custom-field.ts";
import { filesIn, readXml } from "./read-xml.ts";

const customObject = z.object({
  label: z.string().optional(),
  pluralLabel: z.string().optional(),
  sharingModel: z.enum(["Read", "ReadWrite", "Private"]).optional(),
  enableActivities: z.string().optional(),
  enableHistory: z.string().optional(),
  enableSearch: z.string().optional(),
  nameField: customField.omit({ fullName: true }).optional(),
});

const validationRule = z.object({
  fullName: z.string(),
  active: z.enum(["true", "false"]),
  errorConditionFormula: z.string(),
  errorDisplayField: z.string().optional(),
  errorMessage: z.string(),
});

/** Reads one folder of `objects/`: a new object, or what is added to one that is there. */
export function readObject(folder: string, objects: Map<string, ObjectDraft>, valueSets: ValueSets): void {
  const folderName = folder.slice(folder.lastIndexOf("/") + 1);
  const name = folderName === "Activity" ? "Task" : folderName;
  const known = objects.get(name);
  const object = known === undefined ? newObject(name, folder, objects) : withSharing(known, folder);
  objects.set(name, object);
  for (const file of filesIn(join(folder, "fields"), ".field-meta.xml")) {
    const field = readXml(file, customField);
    object.fields.push(toFieldDraft(field, valueSets));
    if (field.relationshipName !== undefined) {
      object.children[`${name}.${field.fullName}`] = `${field.relationshipName}__r`;
    }
  }
  for (const file of filesIn(join(folder, "validationRules"), ".validationRule-meta.xml")) {
    const rule = readXml(file, validationRule);
    if (rule.active === "false") continue;
    object.rules.push({
      name: rule.fullName,
      formula: rule.errorConditionFormula,
      message: rule.errorMessage,
      ...(rule.errorDisplayField !== undefined && { field: rule.errorDisplayField }),
    });
  }
}

/** A later folder may say anew who sees the rows of others. */
function withSharing(object: ObjectDraft, folder: string): ObjectDraft {
  const file = join(folder, `${object.name}.object-meta.xml`);
  const { sharingModel = object.sharing } = existsSync(file) ? readXml(file, customObject) : {};
  return { ...object, sharing: sharingModel };
}

function newObject(name: string, folder: string, objects: Map<string, ObjectDraft>): ObjectDraft {
  const found = readXml(join(folder, `${name}.object-meta.xml`), customObject);
  const label = found.label ?? name;
  const nameField = toFieldDraft({ type: "Text", length: 80, ...found.nameField, fullName: "Name" }, new Map());
  if (found.enableActivities === "true") allowActivities(name, objects);
  return {
    name,
    label,
    labelPlural: found.pluralLabel ?? `${label}s`,
    keyPrefix: toKeyPrefix(name),
    custom: true,
    setup: false,
    keepsHistory: found.enableHistory === "true",
    searchable: found.enableSearch === "true",
    sharing: found.sharingModel ?? "ReadWrite",
    fields: [
      ...systemFields(),
      { ...nameField, custom: false, nameField: true, permissionable: false },
      ...ownedFields(["User", "Group"]),
    ],
    rules: [],
    children: {},
  };
}

/** A Task may then be about such a row. */
function allowActivities(name: string, objects: Map<string, ObjectDraft>): void {
  const task = objects.get("Task");
  if (!task) return;
  task.fields.splice(
    0,
    task.fields.length,
    ...task.fields.map((field) =>
      field.name === "WhatId" && field.reference
        ? { ...field, reference: { ...field.reference, to: [...field.reference.to, name] } }
        : field,
    ),
  );
}

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `a` and two characters that depend on the name alone, so ids keep their meaning when other objects come and go. */
export function toKeyPrefix(name: string): string {
  let sum = 0;
  for (const character of name) sum = (sum * 37 + character.charCodeAt(0)) % (62 * 62);
  return `a${digits.charAt(Math.floor(sum / 62))}${digits.charAt(sum % 62)}`;
}
