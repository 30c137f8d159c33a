import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
} from "graphql";
import type { Access } from "../access.ts";
import type { Schema } from "../schema.ts";
import { connectionTypes } from "./connection-types.ts";
import { resolveConnection } from "./resolve-connection.ts";
import { visibleTo } from "./visible.ts";

const Optional = new GraphQLDirective({
  name: "optional",
  description: "The field is left out where the user may not see it.",
  locations: [DirectiveLocation.FIELD],
});

const made = new WeakMap<Schema, Map<string, GraphQLSchema>>();

/** The schema of everybody with this access: `uiapi { query { Object(…) { edges { node { … } } } } }`. Made once. */
export function schemaFor(schema: Schema, access: Access): GraphQLSchema {
  const ofAll = made.get(schema) ?? new Map<string, GraphQLSchema>();
  made.set(schema, ofAll);
  const known = ofAll.get(access.fingerprint) ?? buildSchema(schema, access);
  ofAll.set(access.fingerprint, known);
  return known;
}

function buildSchema(schema: Schema, access: Access): GraphQLSchema {
  const visible = visibleTo(schema, access);
  const types = connectionTypes(visible);
  const RecordQuery = new GraphQLObjectType({
    name: "RecordQuery",
    fields: () =>
      Object.fromEntries(
        visible.objects.map((object) => [
          object.name,
          {
            type: types.connection(object),
            args: types.rootArguments(object),
            resolve: resolveConnection({ object, visible }),
          },
        ]),
      ),
  });
  const UIAPI = new GraphQLObjectType({
    name: "UIAPI",
    fields: { query: { type: new GraphQLNonNull(RecordQuery), resolve: () => ({}) } },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { uiapi: { type: new GraphQLNonNull(UIAPI), resolve: () => ({}) } },
    }),
    directives: [...specifiedDirectives, Optional],
  });
}
