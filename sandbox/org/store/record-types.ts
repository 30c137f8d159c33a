import type { Actor } from "../access.ts";
import type { Metadata } from "../metadata/index.ts";
import type { RecordType } from "../metadata/record-type.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";

export interface RecordTypes {
  /** What a new row begins with where its writer does not say: the default of their profile, and that type's values. */
  defaults(actor: Actor, object: ObjectType, given: Row): Row;
  /** Refuses a type that the writer may not give, and values that the type does not leave of a restricted picklist. */
  check(save: { actor: Actor; object: ObjectType; row: Row; prior?: Row }): void;
}

const FIELD = "RecordTypeId";

export function openRecordTypes(rows: Rows, { recordTypes, recordTypeGrants }: Metadata): RecordTypes {
  const nameOf = ({ object, name }: RecordType): string => `${object}.${name}`;

  function find(id: unknown): RecordType | undefined {
    const row = rows.database.get(`SELECT "SobjectType", "DeveloperName" FROM "RecordType" WHERE "Id" = ?`, String(id));
    return recordTypes.find(({ object, name }) => object === row?.["SobjectType"] && name === row["DeveloperName"]);
  }

  function idOf({ object, name }: RecordType): string {
    const sql = `SELECT "Id" FROM "RecordType" WHERE "SobjectType" = ? AND "DeveloperName" = ?`;
    return String(rows.database.get(sql, object, name)?.["Id"]);
  }

  const grantsTo = ({ profile, access }: Actor) =>
    recordTypeGrants.filter(({ holder }) => holder === profile || access.sets.includes(holder));

  function mayGive(actor: Actor, type: RecordType): boolean {
    return type.isActive && grantsTo(actor).some(({ visible }) => visible.includes(nameOf(type)));
  }

  function defaultFor(actor: Actor, object: ObjectType): RecordType | undefined {
    const names = grantsTo(actor).flatMap(({ defaults }) => defaults);
    return recordTypes.find((type) => type.object === object.name && type.isActive && names.includes(nameOf(type)));
  }

  return {
    defaults: (actor, object, given) => {
      if (object.field(FIELD) === undefined) return {};
      const type = given[FIELD] === undefined ? defaultFor(actor, object) : find(given[FIELD]);
      return type === undefined ? {} : { [FIELD]: idOf(type), ...type.defaults };
    },
    check: ({ actor, object, row, prior }) => {
      const id = row[FIELD];
      if (id === undefined || id === null) return;
      const type = find(id);
      if (id !== prior?.[FIELD] && (type?.object !== object.name || !mayGive(actor, type))) {
        const message = `Record Type ID: this ID value isn't valid for the user: ${String(id)}`;
        throw new Refusal("INVALID_CROSS_REFERENCE_KEY", message, { fields: [FIELD] });
      }
      for (const [name, left] of type?.values ?? []) {
        const [field, value] = [object.field(name), row[name]];
        if (field?.picklist?.restricted !== true || typeof value !== "string" || value === prior?.[name]) continue;
        if (value.split(";").every((one) => left.includes(one))) continue;
        const message = `${field.label}: bad value for restricted picklist field: ${value}`;
        throw new Refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, { fields: [name] });
      }
    },
  };
}
