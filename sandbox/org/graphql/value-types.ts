import { GraphQLObjectType, GraphQLString, type GraphQLScalarType } from "graphql";
import type { Field } from "../schema.ts";
import { scalarOf } from "./scalars.ts";

const made = new Map<GraphQLScalarType, GraphQLObjectType>();

/** The type of a field's value: `StringValue`, `PicklistValue`, … Each holds the value and the words people read. */
export function valueType(field: Field): GraphQLObjectType {
  const scalar = scalarOf(field);
  const known = made.get(scalar);
  if (known) return known;
  const type = new GraphQLObjectType({
    name: `${scalar.name}Value`,
    fields: {
      value: { type: scalar },
      displayValue: { type: GraphQLString },
      ...(scalar.name === "Picklist" ? { label: { type: GraphQLString } } : {}),
    },
  });
  made.set(scalar, type);
  return type;
}
