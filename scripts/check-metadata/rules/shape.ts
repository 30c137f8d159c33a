import { readMetadataTypes, type MetadataType } from "../metadata-types.ts";
import type { Problem } from "../problem.ts";
import type { Tree } from "../tree.ts";
import type { Element } from "../xml.ts";

type TypeOf = (name: string) => MetadataType | undefined;

let typeOf: TypeOf | undefined;

/**
 * Elements as the metadata API's own types have them: none unknown, repeated or missing, and values that are booleans, numbers or
 * words where those are asked for.
 */
export function checkShape(tree: Tree): Problem[] {
  const types = (typeOf ??= readMetadataTypes());
  return tree.components.flatMap(({ type, path, xml }) =>
    (types(type) === undefined
      ? [`${type} is unknown to the metadata API`]
      : faults(xml, type, { place: type, types })
    ).map((message) => ({ path, message })),
  );
}

function faults(element: Element, name: string, at: { readonly place: string; readonly types: TypeOf }): string[] {
  const type = at.types(name);
  if (type === undefined) return [];
  if (type.kind !== "element") return valueFaults(element.text, type, at.place);
  const missing = [...type.members].filter(([tag, member]) => member.isRequired && !element.children.has(tag));
  return [
    ...missing.map(([tag]) => `${at.place} lacks ${tag}`),
    ...[...element.children].flatMap(([tag, found]) => {
      const member = type.members.get(tag);
      const place = `${at.place}.${tag}`;
      if (member === undefined) return [`${place} is unknown to the metadata API`];
      if (!member.isRepeatable && found.length > 1) return [`${place} stands ${found.length} times`];
      return found.flatMap((one) => faults(one, member.type, { ...at, place }));
    }),
  ];
}

function valueFaults(value: string, type: Exclude<MetadataType, { kind: "element" }>, place: string): string[] {
  switch (type.kind) {
    case "boolean":
      return /^(true|false)$/.test(value) ? [] : [`${place} is neither true nor false: ${value}`];
    case "number":
      return /^-?\d+(\.\d+)?$/.test(value) ? [] : [`${place} is no number: ${value}`];
    case "words":
      return type.words.includes(value) ? [] : [`${place} is none of the words that it may be: ${value}`];
    case "string":
      return [];
  }
}
