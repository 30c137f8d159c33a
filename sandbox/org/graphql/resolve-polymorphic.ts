import type { GraphQLFieldResolver } from "graphql";
import type { QueryRow } from "../store.ts";
import type { Asker } from "./asker.ts";
import { selectedFields, selectedPaths } from "./selected-paths.ts";
import type { ParentField, Visible } from "./visible.ts";

/** Reads the record behind a lookup that may lead to several objects, such as an owner: its id says to which. */
export function resolvePolymorphic(parent: ParentField, visible: Visible): GraphQLFieldResolver<QueryRow, Asker> {
  return (row, _arguments, { store, actor }, { fieldNodes, fragments }) => {
    const id = row[parent.field.name];
    if (typeof id !== "string") return null;
    const type = store.schema.objectOf(id);
    if (type === undefined || !parent.to.includes(type)) return null;
    const fields = fieldNodes
      .flatMap(({ selectionSet }) => selectedFields(selectionSet, fragments))
      .filter(({ onType }) => onType === undefined || onType === type.name);
    const paths = selectedPaths(type, fields, { visible, fragments });
    const found = store.query(actor, {
      select: [...paths].map((path) => ({ kind: "field", path })),
      from: type.name,
      where: { op: "compare", path: "Id", operator: "=", value: { kind: "string", value: id } },
    });
    return found.records[0] ?? null;
  };
}
