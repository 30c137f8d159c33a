import type { Actor } from "../access.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";
import type { FormulaRow, Kind, Term, Value } from "./value.ts";

/** What names in a formula may mean. */
export interface Scope {
  readonly schema: Schema;
  readonly object: ObjectType;
  readonly customPermissions: ReadonlySet<string>;
}

/** A field, a path over parents, or a global. Throws where there is no such thing. */
export function toNamedTerm(scope: Scope, path: string): Term {
  if (path.startsWith("$")) return toGlobal(scope, path);
  const segments = path.split(".");
  const last = segments.pop() ?? "";
  const lookups: { field: Field; target: ObjectType }[] = [];
  let object = scope.object;
  for (const segment of segments) {
    const field = object.parent(segment);
    const [target, ...others] = (field?.reference?.to ?? []).flatMap((name) => scope.schema.object(name) ?? []);
    if (!field || !target || others.length > 0) throw new Error(`${object.name} has no relationship ${segment}`);
    lookups.push({ field, target });
    object = target;
  }
  const field = requireField(object, last);
  return {
    kind: toKind(field),
    run: (setting) => {
      let row: FormulaRow | undefined = setting.row;
      for (const step of lookups) {
        const id: Value | undefined = row?.[step.field.name];
        row = typeof id === "string" ? setting.parent(step.target, id) : undefined;
      }
      return toValue(field, row?.[field.name] ?? null);
    },
  };
}

export function requireField(object: ObjectType, name: string): Field {
  const field = object.field(name);
  if (!field || field.path !== undefined || field.perUser) throw new Error(`${object.name} has no field ${name}`);
  return field;
}

const userNames: Record<string, (actor: Actor) => string> = {
  "$user.id": (actor) => actor.id,
  "$user.username": (actor) => actor.username,
  "$user.email": (actor) => actor.email,
  "$profile.name": (actor) => actor.profile,
  "$userrole.name": (actor) => actor.role,
};

function toGlobal(scope: Scope, path: string): Term {
  const [root, name] = path.split(".");
  if (root?.toLowerCase() === "$permission" && name !== undefined) {
    if (!scope.customPermissions.has(name)) throw new Error(`there is no custom permission ${name}`);
    return { kind: "boolean", run: (setting) => setting.actor.access.permissions.has(name) };
  }
  const read = userNames[path.toLowerCase()];
  if (!read) throw new Error(`the sandbox does not know ${path}`);
  return { kind: "text", run: (setting) => read(setting.actor) };
}

function toKind(field: Field): Kind {
  switch (field.type) {
    case "picklist":
    case "multipicklist":
      return "picklist";
    case "int":
    case "double":
    case "currency":
    case "percent":
      return "number";
    case "boolean":
    case "date":
    case "datetime":
      return field.type;
    default:
      return "text";
  }
}

function toValue(field: Field, stored: string | number | null): Value {
  if (field.type === "boolean") return stored === 1;
  if (field.type === "date" && typeof stored === "string") return Date.parse(stored);
  return stored;
}
