import {
  GraphQLID,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
} from "graphql";
import type { Field, ObjectType } from "../schema.ts";
import type { JsonValue, QueryRow } from "../store.ts";
import { toDisplayValue, toUiValue } from "../ui-api/display-value.ts";
import type { Asker } from "./asker.ts";
import { resolveChildren } from "./resolve-connection.ts";
import { resolvePolymorphic } from "./resolve-polymorphic.ts";
import { valueType } from "./value-types.ts";
import type { ParentField, Visible } from "./visible.ts";

/** How a record leads to the connections over its children. */
export interface Connections {
  connection(object: ObjectType): GraphQLObjectType;
  /** `first`, `after`, `where`, `orderBy`. */
  childArguments(object: ObjectType): GraphQLFieldConfigArgumentMap;
}

type RecordField = GraphQLFieldConfig<QueryRow, Asker>;

/** The type of a record of each object: its own fields as values, parents as records, children as connections. */
export function recordTypes(visible: Visible, connections: Connections): (object: ObjectType) => GraphQLObjectType {
  const made = new Map<string, GraphQLObjectType>();

  const record = (object: ObjectType): GraphQLObjectType => {
    const known = made.get(object.name);
    if (known) return known;
    const type = new GraphQLObjectType<QueryRow, Asker>({ name: object.name, fields: () => fieldsOf(object) });
    made.set(object.name, type);
    return type;
  };

  const fieldsOf = (object: ObjectType): GraphQLFieldConfigMap<QueryRow, Asker> => {
    const values = visible.fields(object).filter(({ name }) => name !== "Id");
    return {
      Id: { type: new GraphQLNonNull(GraphQLID) },
      ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
      ...Object.fromEntries(values.map((field) => [field.name, toValueField(field)])),
      ...Object.fromEntries(
        visible.parents(object).map((parent) => [parent.relationship, toParentField(object, parent)]),
      ),
      ...Object.fromEntries(
        visible.children(object).map(({ name, type, field }) => [
          name,
          {
            type: connections.connection(type),
            args: connections.childArguments(type),
            resolve: resolveChildren({ object: type, visible }, field),
          },
        ]),
      ),
    };
  };

  const toParentField = (object: ObjectType, parent: ParentField): RecordField => {
    const [only] = parent.to;
    if (!parent.isPolymorphic && only) {
      return { type: record(only), resolve: (row) => row[parent.relationship] };
    }
    const union = new GraphQLUnionType({
      name: `${object.name}_${parent.relationship}_Union`,
      types: () => parent.to.map(record),
      resolveType: (row: QueryRow) => row.attributes.type,
    });
    return { type: union, resolve: resolvePolymorphic(parent, visible) };
  };
  return record;
}

/** A field without a value is an object whose value is null. */
function toValueField(field: Field): RecordField {
  return {
    type: valueType(field),
    resolve(row) {
      const value = (row[field.name] ?? null) as JsonValue;
      const displayValue = toDisplayValue(field, value);
      return { value: toUiValue(field, value), displayValue, label: displayValue };
    },
  };
}
