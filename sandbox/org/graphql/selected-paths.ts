import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";
import type { ObjectType } from "../schema.ts";
import type { Visible } from "./visible.ts";

export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

export interface SelectedField {
  readonly name: string;
  readonly selectionSet: SelectionSetNode | undefined;
  /** The type that a fragment around it asks for. */
  readonly onType: string | undefined;
}

/** The fields of a selection with those of its fragments, each as often as it is named. */
export function selectedFields(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  onType?: string,
): SelectedField[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD)
      return [{ name: selection.name.value, selectionSet: selection.selectionSet, onType }];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    return selectedFields(fragment?.selectionSet, fragments, fragment?.typeCondition?.name.value ?? onType);
  });
}

/** What to select in a query so that this part of a document can be answered: `Id`, `Subject`, `Contact.Name`, … */
export function selectedPaths(
  object: ObjectType,
  fields: readonly SelectedField[],
  { visible, fragments }: { readonly visible: Visible; readonly fragments: Fragments },
): Set<string> {
  const paths = new Set(["Id"]);
  const parents = visible.parents(object);
  for (const { name, selectionSet } of fields) {
    const parent = parents.find(({ relationship }) => relationship === name);
    const [only] = parent?.to ?? [];
    if (parent?.isPolymorphic) paths.add(parent.field.name);
    else if (only) {
      const inner = selectedPaths(only, selectedFields(selectionSet, fragments), { visible, fragments });
      for (const path of inner) paths.add(`${name}.${path}`);
    } else if (object.field(name)) paths.add(name);
  }
  return paths;
}
