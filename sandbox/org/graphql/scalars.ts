import { GraphQLBoolean, GraphQLID, GraphQLInt, GraphQLScalarType, GraphQLString } from "graphql";
import type { FieldType } from "../schema.ts";

const scalar = (name: string): GraphQLScalarType => new GraphQLScalarType({ name });

const Picklist = scalar("Picklist");
const TextArea = scalar("TextArea");
const Email = scalar("EmailAddress");
const Phone = scalar("PhoneNumber");
const Url = scalar("Url");
const Double = scalar("Double");
const Currency = scalar("Currency");
const Percent = scalar("Percent");

export const LongTextArea = scalar("LongTextArea");
export const DateScalar = scalar("Date");
export const DateTimeScalar = scalar("DateTime");

/** The scalar of each field type: a variable has to be declared with it. */
const SCALARS: Readonly<Record<FieldType, GraphQLScalarType>> = {
  id: GraphQLID,
  reference: GraphQLID,
  string: GraphQLString,
  combobox: GraphQLString,
  textarea: TextArea,
  picklist: Picklist,
  multipicklist: scalar("MultiPicklist"),
  boolean: GraphQLBoolean,
  int: GraphQLInt,
  double: Double,
  currency: Currency,
  percent: Percent,
  date: DateScalar,
  datetime: DateTimeScalar,
  email: Email,
  phone: Phone,
  url: Url,
};

export const scalarOf = ({ type, long }: { readonly type: FieldType; readonly long: boolean }): GraphQLScalarType =>
  long ? LongTextArea : SCALARS[type];
