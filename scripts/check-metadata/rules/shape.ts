import { ApiSchemas } from "jsforce/lib/api/metadata/schema.js";
import type { Problem } from "../problem.ts";
import type { Tree } from "../tree.ts";
import type { Element } from "../xml.ts";

/** `"?X"`: optional; `["X"]`: any number of them. */
type Shape = string | readonly string[];
interface Schema {
  readonly props: Readonly<Record<string, Shape>>;
  readonly extends?: string;
}

const schemas: Readonly<Record<string, Schema>> = ApiSchemas;

/** What the metadata API has learned since that table was made. */
const NEWER: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  CustomPermission: { isLicensed: "?boolean" },
  ComponentInstance: { identifier: "string" },
  FlexiPageRegion: { itemInstances: ["ItemInstance"] },
  ItemInstance: { componentInstance: "?ComponentInstance", fieldInstance: "?FieldInstance" },
  FieldInstance: { fieldInstanceProperties: ["FieldInstanceProperty"], fieldItem: "string", identifier: "string" },
  FieldInstanceProperty: { name: "string", value: "?string" },
};

/** Elements as the metadata API's own type table knows them: no unknown or repeated ones, none missing, booleans and numbers that are some. */
export function checkShape(tree: Tree): Problem[] {
  return tree.components.flatMap(({ type, path, xml }) =>
    faults(xml, type, type).map((message) => ({ path, message })),
  );
}

function faults(element: Element, type: string, place: string): string[] {
  const props = propsOf(type);
  if (props === undefined) return valueFaults(element.text, type, place);
  const missing = Object.entries(props).filter(([tag, shape]) => isRequired(shape) && !element.children.has(tag));
  return [
    ...missing.map(([tag]) => `${place} lacks ${tag}`),
    ...[...element.children].flatMap(([tag, found]) => {
      const shape = props[tag];
      const here = `${place}.${tag}`;
      if (shape === undefined) return [`${here} is unknown to the metadata API`];
      if (typeof shape === "string" && found.length > 1) return [`${here} stands ${found.length} times`];
      return found.flatMap((one) => faults(one, toType(shape), here));
    }),
  ];
}

function valueFaults(value: string, type: string, place: string): string[] {
  if (type === "boolean" && !/^(true|false)$/.test(value)) return [`${place} is neither true nor false: ${value}`];
  if (type === "number" && !/^-?\d+(\.\d+)?$/.test(value)) return [`${place} is no number: ${value}`];
  return [];
}

function propsOf(type: string): Readonly<Record<string, Shape>> | undefined {
  const schema = schemas[type];
  const newer = NEWER[type];
  if (schema === undefined) return newer;
  return { ...(schema.extends === undefined ? {} : propsOf(schema.extends)), ...schema.props, ...newer };
}

function isRequired(shape: Shape): boolean {
  return typeof shape === "string" && !shape.startsWith("?");
}

function toType(shape: Shape): string {
  return typeof shape === "string" ? shape.replace("?", "") : (shape.at(-1) ?? "string");
}
