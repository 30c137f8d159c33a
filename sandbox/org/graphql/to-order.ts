import { valueFromASTUntyped, type GraphQLResolveInfo } from "graphql";
import type { OrderItem } from "../query.ts";
import type { ObjectType, Schema } from "../schema.ts";

type Clauses = Readonly<Record<string, object | null | undefined>>;

interface Clause {
  readonly order?: "ASC" | "DESC";
  readonly nulls?: "FIRST" | "LAST";
}

/**
 * The `orderBy` argument in the order in which it is written: read from the document, as coercion sorts the members.
 * The id comes last, so that pages neither overlap nor leave rows out.
 */
export function toOrder(
  object: ObjectType,
  schema: Schema,
  { fieldNodes, variableValues }: GraphQLResolveInfo,
): OrderItem[] {
  const given = fieldNodes[0]?.arguments?.find(({ name }) => name.value === "orderBy")?.value;
  const clauses = given && (valueFromASTUntyped(given, variableValues) as Clauses | null | undefined);
  return [...toItems(object, schema, clauses ?? {}), { path: "Id", descending: false, nullsLast: false }];
}

function toItems(object: ObjectType, schema: Schema, clauses: Clauses, prefix = ""): OrderItem[] {
  return Object.entries(clauses).flatMap(([name, inner]) => {
    if (!inner) return [];
    const field = object.field(name);
    if (!field) {
      const parent = schema.object(object.parent(name)?.reference?.to[0] ?? "");
      return parent ? toItems(parent, schema, inner as Clauses, `${prefix}${name}.`) : [];
    }
    const { order = "ASC", nulls = "FIRST" } = inner as Clause;
    return [{ path: `${prefix}${field.name}`, descending: order === "DESC", nullsLast: nulls === "LAST" }];
  });
}
