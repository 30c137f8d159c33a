import type { Access } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { Field, ObjectType, Schema } from "../schema.ts";

export interface Viewpoint {
  readonly object: ObjectType;
  readonly schema: Schema;
  readonly access: Access;
}

/**
 * The paths that a request for a record names: `fields=Case.Subject,Case.Contact.Name`. A field that the user may not
 * see is refused; in `optionalFields` it is left out. A layout stands for all fields that the user may see.
 */
export function listedFields(query: URLSearchParams, viewpoint: Viewpoint): readonly string[] {
  const needed = named(query, "fields");
  const optional = named(query, "optionalFields");
  if (needed.length === 0 && optional.length === 0 && !query.has("layoutTypes")) {
    throw new Refusal(
      "ILLEGAL_QUERY_PARAMETER_VALUE",
      "You must specify at least one of fields, optionalFields, layoutTypes.",
    );
  }
  const missing = needed.find((name) => !isReadable(toPath(name, viewpoint), viewpoint));
  if (missing !== undefined) {
    throw new Refusal("INVALID_FIELD", `No such column '${missing}' on entity '${viewpoint.object.name}'.`);
  }
  const found = optional.map((name) => toPath(name, viewpoint)).filter((path) => isReadable(path, viewpoint));
  const ofLayout = query.has("layoutTypes") ? readableFields(viewpoint) : [];
  return [...new Set([...needed.map((name) => toPath(name, viewpoint)), ...found, ...ofLayout])];
}

/** The names of all fields of the object that the user may see. */
export const readableFields = ({ object, access }: Omit<Viewpoint, "schema">): string[] =>
  object.fields.filter((field) => access.field(object, field).read).map(({ name }) => name);

const named = (query: URLSearchParams, parameter: string): string[] =>
  (query.get(parameter) ?? "").split(",").filter((name) => name !== "");

function toPath(name: string, { object }: Viewpoint): string {
  const [first = "", ...rest] = name.split(".");
  if (first.toLowerCase() !== object.name.toLowerCase() || rest.length === 0) {
    throw new Refusal(
      "ILLEGAL_QUERY_PARAMETER_VALUE",
      `${name} is not a field of ${object.name}: write ${object.name}.Field.`,
    );
  }
  return rest.join(".");
}

function isReadable(path: string, { object, schema, access }: Viewpoint): boolean {
  const [step = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    const field = object.field(step);
    return field !== undefined && access.field(object, field).read;
  }
  const lookup = object.parent(step);
  return (
    lookup !== undefined &&
    access.field(object, lookup).read &&
    parents(lookup, schema).some(
      (parent) => access.object(parent).read && isReadable(rest.join("."), { object: parent, schema, access }),
    )
  );
}

const parents = ({ reference }: Field, schema: Schema): ObjectType[] =>
  (reference?.to ?? []).map((name) => schema.object(name)).filter((parent) => parent !== undefined);
