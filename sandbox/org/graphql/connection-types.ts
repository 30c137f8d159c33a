import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigArgumentMap,
} from "graphql";
import type { ObjectType } from "../schema.ts";
import { argumentTypes } from "./argument-types.ts";
import { recordTypes, type Connections } from "./record-types.ts";
import type { Visible } from "./visible.ts";

const PageInfo = new GraphQLObjectType({
  name: "PageInfo",
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

const SupportedScopes = new GraphQLEnumType({ name: "SupportedScopes", values: { EVERYTHING: {}, MINE: {} } });

export interface ConnectionTypes extends Connections {
  /** What a child relationship takes, and `scope`. */
  rootArguments(object: ObjectType): GraphQLFieldConfigArgumentMap;
}

/** The Relay connections over the objects somebody may see. */
export function connectionTypes(visible: Visible): ConnectionTypes {
  const inputs = argumentTypes(visible);
  const connections = new Map<string, GraphQLObjectType>();
  const types: ConnectionTypes = {
    connection(object) {
      const known = connections.get(object.name) ?? toConnection(object);
      connections.set(object.name, known);
      return known;
    },
    childArguments: (object) => ({
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      where: { type: inputs.where(object) },
      orderBy: { type: inputs.orderBy(object) },
    }),
    rootArguments: (object) => ({ ...types.childArguments(object), scope: { type: SupportedScopes } }),
  };
  const record = recordTypes(visible, types);

  function toConnection(object: ObjectType): GraphQLObjectType {
    const Edge = new GraphQLObjectType({
      name: `${object.name}Edge`,
      fields: () => ({
        node: { type: new GraphQLNonNull(record(object)) },
        cursor: { type: new GraphQLNonNull(GraphQLString) },
      }),
    });
    return new GraphQLObjectType({
      name: `${object.name}Connection`,
      fields: {
        edges: { type: new GraphQLList(Edge) },
        pageInfo: { type: new GraphQLNonNull(PageInfo) },
        totalCount: { type: new GraphQLNonNull(GraphQLInt) },
        pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
      },
    });
  }
  return types;
}
