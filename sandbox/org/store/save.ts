import type { Actor } from "../access.ts";
import type { DuplicateRule } from "../metadata/duplicate-rule.ts";
import { Refusal } from "../refusal.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { SaveOptions, Values } from "../store.ts";
import { toChanges } from "./changes.ts";
import type { Row } from "./database.ts";
import { derive } from "./derive.ts";
import { checkDuplicates } from "./duplicates.ts";
import { keepHistory } from "./history.ts";
import { assignedOwner, checkOwner } from "./owner.ts";
import type { RecordTypes } from "./record-types.ts";
import type { Rows } from "./rows.ts";
import { checkRules, type RuleBook } from "./rule-book.ts";
import { isEditable, noAccess } from "./sharing.ts";
import { isStored } from "./tables.ts";
import { toSeconds } from "./times.ts";

export interface Saver {
  /** The new row's id. */
  insert(actor: Actor, object: ObjectType, values: Values, options: SaveOptions): string;
  /** `prior` is the row as it stands. */
  change(actor: Actor, object: ObjectType, prior: Row, values: Values, options: SaveOptions): void;
}

interface SaverParts {
  readonly ruleBook: RuleBook;
  readonly duplicateRules: readonly DuplicateRule[];
  readonly storage: { readonly isFull: boolean };
  readonly recordTypes: RecordTypes;
}

/**
 * Saves in Salesforce's order: values, derived fields, what is required, validation rules, duplicate rules, what must be
 * unique, and last the assignment rule, which validation rules therefore never see.
 */
export function openSaver(rows: Rows, { ruleBook, duplicateRules, storage, recordTypes }: SaverParts): Saver {
  function insert(actor: Actor, object: ObjectType, values: Values, options: SaveOptions): string {
    if (!actor.access.object(object).create) {
      throw new Refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be inserted: ${object.label}`);
    }
    const given = toChanges(rows, { actor, object, write: "create" }, values);
    const row = { ...toDefaults(rows, object, actor), ...recordTypes.defaults(actor, object, given), ...given };
    Object.assign(row, derive(rows, object, row, undefined));
    check({ actor, object, row, options });
    if (storage.isFull && !object.setup) throw new Refusal("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded");
    rows.insert(object, { ...row, ...(options.assign && assignedOwner(rows, object)) });
    return String(row["Id"]);
  }

  function change(actor: Actor, object: ObjectType, prior: Row, values: Values, options: SaveOptions): void {
    if (!isEditable({ rows, actor }, object, prior)) throw noAccess();
    const changes: Row = {
      ...toChanges(rows, { actor, object, write: "update", prior }, values),
      ...toStamps(object, rows.now(), actor),
    };
    const row = { ...prior, ...changes };
    const derived = derive(rows, object, row, prior);
    Object.assign(row, derived);
    check({ actor, object, row, prior, options });
    const assigned = options.assign ? assignedOwner(rows, object) : {};
    const written = { ...changes, ...derived, ...assigned };
    rows.update(object, String(prior["Id"]), written);
    keepHistory(rows, { actor, object, prior, changes: written });
  }

  function check(save: { actor: Actor; object: ObjectType; row: Row; prior?: Row; options: SaveOptions }): void {
    const { object, row, prior, options } = save;
    recordTypes.check(save);
    checkRequired(object, row);
    const owner = row["OwnerId"];
    if (typeof owner === "string" && owner !== prior?.["OwnerId"]) checkOwner(rows, object, owner);
    checkRules(ruleBook, rows, save);
    checkDuplicates(duplicateRules, rows, { ...save, allowDuplicates: options.allowDuplicates === true });
    checkUnique(rows, object, row);
  }

  return { insert, change };
}

function toDefaults(rows: Rows, object: ObjectType, actor: Actor): Row {
  const row: Row = { Id: rows.nextId(object), IsDeleted: 0, CreatedDate: toSeconds(rows.now()), CreatedById: actor.id };
  for (const field of object.fields.filter(isStored)) {
    if (field.autoNumber !== undefined) row[field.name] = rows.nextNumber(object, field);
    else if (field.type === "boolean") row[field.name] = field.defaultValue === true ? 1 : 0;
    else if (field.defaultValue !== undefined) row[field.name] = field.defaultValue as string | number;
  }
  if (object.field("OwnerId")) row["OwnerId"] = actor.id;
  return Object.assign(row, toStamps(object, rows.now(), actor));
}

function toStamps(object: ObjectType, now: number, actor: Actor): Row {
  const at = toSeconds(now);
  return object.field("SystemModstamp") ? { LastModifiedDate: at, LastModifiedById: actor.id, SystemModstamp: at } : {};
}

function checkRequired(object: ObjectType, row: Row): void {
  const missing = object.fields.filter((field) => field.required && isStored(field) && isBlank(row, field));
  if (missing.length === 0) return;
  const fields = missing.map((field) => field.name);
  throw new Refusal("REQUIRED_FIELD_MISSING", `Required fields are missing: [${fields.join(", ")}]`, { fields });
}

function isBlank(row: Row, field: Field): boolean {
  return row[field.name] === null || row[field.name] === undefined;
}

function checkUnique(rows: Rows, object: ObjectType, row: Row): void {
  for (const field of object.fields) {
    const value = row[field.name];
    if (!field.unique || value === null || value === undefined) continue;
    const other = rows.findBy(object, field, value)?.["Id"];
    if (other === undefined || other === row["Id"]) continue;
    const message = `duplicate value found: ${field.name} duplicates value on record with id: ${String(other).slice(0, 15)}`;
    throw new Refusal("DUPLICATE_VALUE", message);
  }
}
