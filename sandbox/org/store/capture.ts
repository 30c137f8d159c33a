import type { ChangeType } from "../pubsub/change-event.ts";
import type { EventLog } from "../pubsub/event-log.ts";
import type { Field, ObjectType } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";
import { isStored } from "./tables.ts";

/** Change data capture: what is written to the chosen objects becomes events of the same transaction. */
export interface Capture {
  /** Rows like those given, but watched. */
  readonly rows: Rows;
  /** What is written meanwhile is this user's doing. */
  by<T>(userId: string, work: () => T): T;
  /** What is written meanwhile came by this API: `com/salesforce/api/rest/66.0;client=…`. */
  readonly through: <T>(origin: string, work: () => T) => T;
}

/** Fields that change events have. */
export function isCaptured(field: Field): boolean {
  return isStored(field) && !["Id", "IsDeleted", "SystemModstamp"].includes(field.name);
}

export function openCapture(rows: Rows, objects: ReadonlySet<ObjectType>, log: EventLog): Capture {
  let user = "";
  let origin = "";

  function tell(object: ObjectType, type: ChangeType, row: Row, values: Row): void {
    const by = user === "" ? String(row["LastModifiedById"] ?? "") : user;
    log.append({ entity: object.name, id: String(row["Id"]), type, origin, user: by, values });
  }

  return {
    rows: {
      ...rows,
      insert: (object, row) => {
        rows.insert(object, row);
        if (objects.has(object)) tell(object, "CREATE", row, toFilled(object, row));
      },
      update: (object, id, changes) => {
        const before = objects.has(object) ? rows.find(object, id) : undefined;
        rows.update(object, id, changes);
        if (before === undefined) return;
        const row = { ...before, ...changes };
        const type = toType(before, row);
        const values = type === "UPDATE" ? toChanged(object, before, changes) : {};
        if (type === "UNDELETE") tell(object, type, row, toFilled(object, row));
        else if (type === "DELETE" || Object.keys(values).length > 0) tell(object, type, row, values);
      },
    },
    by: (userId, work) => {
      const outer = user;
      user = userId;
      try {
        return work();
      } finally {
        user = outer;
      }
    },
    through: (way, work) => {
      const outer = origin;
      origin = way;
      try {
        return work();
      } finally {
        origin = outer;
      }
    },
  };
}

function toType(before: Row, after: Row): ChangeType {
  if (before["IsDeleted"] === after["IsDeleted"]) return "UPDATE";
  return after["IsDeleted"] === 1 ? "DELETE" : "UNDELETE";
}

function toFilled(object: ObjectType, row: Row): Row {
  return pick(object, row, (name) => (row[name] ?? null) !== null);
}

/** When it was changed is told with each change, also with a second one in the same second. */
function toChanged(object: ObjectType, before: Row, changes: Row): Row {
  const isChanged = (name: string): boolean => (before[name] ?? null) !== (changes[name] ?? null);
  return pick(object, changes, (name) => name in changes && (name === "LastModifiedDate" || isChanged(name)));
}

function pick(object: ObjectType, row: Row, isWanted: (name: string) => boolean): Row {
  const names = object.fields.filter(isCaptured).map((field) => field.name);
  return Object.fromEntries(names.filter(isWanted).map((name) => [name, row[name] ?? null]));
}
