import {
  getNamedType,
  GraphQLError,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from "graphql";

interface CheckedFields {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

/**
 * Looks for fields that the asker's schema lacks. One marked `@optional` is left out of the document, as is a field
 * marked so that keeps nothing; any other is an error in the words of an org.
 */
export function checkFields(schema: GraphQLSchema, document: DocumentNode): CheckedFields {
  const errors: GraphQLError[] = [];
  const types = new TypeInfo(schema);
  const checked = visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node, _key, _parent, _path, ancestors) {
          const type = types.getParentType();
          if (!type || types.getFieldDef()) return undefined;
          if (isOptional(node)) return null;
          errors.push(new GraphQLError(toSentence(node, getNamedType(type).name, ancestors), { nodes: node }));
          return false;
        },
        leave: (node) => (node.selectionSet?.selections.length === 0 && isOptional(node) ? null : undefined),
      },
    }),
  );
  return { document: checked, errors };
}

const isOptional = ({ directives = [] }: FieldNode): boolean =>
  directives.some(({ name }) => name.value === "optional");

function toSentence({ name }: FieldNode, type: string, ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const above = ancestors.filter((node): node is FieldNode => "kind" in node && node.kind === Kind.FIELD);
  const path = [...above.map((field) => field.name.value), name.value].join("/");
  return `Validation error of type FieldUndefined: Field '${name.value}' in type '${type}' is undefined @ '${path}'`;
}
