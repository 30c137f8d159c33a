import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
  type GraphQLScalarType,
} from "graphql";
import type { Field } from "../schema.ts";
import { DateScalar, DateTimeScalar, scalarOf } from "./scalars.ts";

/** The relative dates a date may be compared with. */
const DateLiteral = new GraphQLEnumType({
  name: "DateLiteral",
  values: Object.fromEntries(
    ["YESTERDAY", "TODAY", "TOMORROW", "LAST_WEEK", "THIS_WEEK", "NEXT_WEEK", "LAST_MONTH", "THIS_MONTH", "NEXT_MONTH"]
      .concat("LAST_90_DAYS", "NEXT_90_DAYS", "LAST_YEAR", "THIS_YEAR", "NEXT_YEAR")
      .map((name) => [name, {}]),
  ),
});

const DateRange = new GraphQLInputObjectType({
  name: "DateRange",
  fields: Object.fromEntries(
    ["last_n_days", "next_n_days", "last_n_weeks", "next_n_weeks", "last_n_months", "next_n_months"].map((name) => [
      name,
      { type: GraphQLInt },
    ]),
  ),
});

const dateInput = (scalar: GraphQLScalarType): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name: `${scalar.name}Input`,
    fields: { value: { type: scalar }, literal: { type: DateLiteral }, range: { type: DateRange } },
  });

const DATES = new Map([DateScalar, DateTimeScalar].map((scalar) => [scalar, dateInput(scalar)]));

const made = new Map<GraphQLScalarType, GraphQLInputObjectType>();

/** How a field may be compared: `{ eq, ne, in, … }`. Undefined for long text, which an org does not filter by. */
export function operators(field: Field): GraphQLInputObjectType | undefined {
  if (field.long) return undefined;
  const scalar = scalarOf(field);
  const known = made.get(scalar);
  if (known) return known;
  const type = new GraphQLInputObjectType({
    name: `${scalar.name}Operators`,
    fields: toOperators(scalar, DATES.get(scalar) ?? scalar),
  });
  made.set(scalar, type);
  return type;
}

function toOperators(scalar: GraphQLScalarType, operand: GraphQLInputType): GraphQLInputFieldConfigMap {
  const names = scalar === GraphQLBoolean ? ["eq", "ne"] : ["eq", "ne", "lt", "lte", "gt", "gte"];
  const one = Object.fromEntries(names.map((name) => [name, { type: operand }]));
  if (scalar === GraphQLBoolean) return one;
  const many = { in: { type: new GraphQLList(operand) }, nin: { type: new GraphQLList(operand) } };
  const isText = !DATES.has(scalar) && !["ID", "Int", "Double", "Currency", "Percent"].includes(scalar.name);
  return { ...one, ...many, ...(isText ? { like: { type: scalar } } : {}) };
}
