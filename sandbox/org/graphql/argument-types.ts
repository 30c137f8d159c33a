import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from "graphql";
import type { Field, ObjectType } from "../schema.ts";
import { operators } from "./filter-inputs.ts";
import type { Visible } from "./visible.ts";

const OrderByClause = new GraphQLInputObjectType({
  name: "OrderByClause",
  fields: {
    order: { type: new GraphQLEnumType({ name: "ResultOrder", values: { ASC: {}, DESC: {} } }) },
    nulls: { type: new GraphQLEnumType({ name: "NullOrder", values: { FIRST: {}, LAST: {} } }) },
  },
});

interface ArgumentTypes {
  where(object: ObjectType): GraphQLInputObjectType;
  orderBy(object: ObjectType): GraphQLInputObjectType;
}

/** The inputs `Case_Filter` and `Case_OrderBy` of every object; a parent's fields stand below its relationship. */
export function argumentTypes(visible: Visible): ArgumentTypes {
  const filters = new Map<string, GraphQLInputObjectType>();
  const orders = new Map<string, GraphQLInputObjectType>();

  const members = (
    object: ObjectType,
    ofField: (field: Field) => GraphQLInputType | undefined,
    ofParent: (parent: ObjectType) => GraphQLInputType,
  ): GraphQLInputFieldConfigMap => {
    const fields = visible.fields(object).map((field) => [field.name, ofField(field)] as const);
    const parents = visible
      .parents(object)
      .filter(({ isPolymorphic }) => !isPolymorphic)
      .flatMap(({ relationship, to }) => to.map((parent) => [relationship, ofParent(parent)] as const));
    return Object.fromEntries(
      [...fields, ...parents].flatMap(([name, type]) => (type === undefined ? [] : [[name, { type }]])),
    );
  };

  const where = (object: ObjectType): GraphQLInputObjectType => {
    const known = filters.get(object.name);
    if (known) return known;
    const type: GraphQLInputObjectType = new GraphQLInputObjectType({
      name: `${object.name}_Filter`,
      fields: () => ({
        and: { type: new GraphQLList(type) },
        or: { type: new GraphQLList(type) },
        not: { type },
        ...members(object, operators, where),
      }),
    });
    filters.set(object.name, type);
    return type;
  };

  const orderBy = (object: ObjectType): GraphQLInputObjectType => {
    const known = orders.get(object.name);
    if (known) return known;
    const type = new GraphQLInputObjectType({
      name: `${object.name}_OrderBy`,
      fields: () => members(object, ({ long }) => (long ? undefined : OrderByClause), orderBy),
    });
    orders.set(object.name, type);
    return type;
  };
  return { where, orderBy };
}
