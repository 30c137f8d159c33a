import { standardFields } from "./standard.ts";
import type { Component, Tree } from "./tree.ts";
import { all, text, texts } from "./xml.ts";

/** What the tree and the platform together offer to be named. */
export interface Catalog {
  has(type: string, fullName: string): boolean;
  find(type: string, fullName: string): Component | undefined;
  of(type: string): readonly Component[];
  isObject(name: string): boolean;
  /** `path` from this object, over lookups: `Case__r.Status`. */
  isField(object: string, path: string): boolean;
  /** The API names of a picklist of ours, or undefined where the field is none. */
  picklist(object: string, path: string): readonly string[] | undefined;
}

/** Task and Event share the fields that metadata keeps under Activity. */
export function toMetadataObject(object: string): string {
  return object === "Task" || object === "Event" ? "Activity" : object;
}

export function toCatalog(tree: Tree): Catalog {
  const byName = new Map(tree.components.map((one) => [`${one.type}:${one.fullName}`, one]));
  const find = (type: string, fullName: string) => byName.get(`${type}:${fullName}`);
  const field = (object: string, name: string) => find("CustomField", `${toMetadataObject(object)}.${name}`);
  const isObject = (name: string) => standardFields[name] !== undefined || find("CustomObject", name) !== undefined;

  /** The object a path ends at, and its last name there. */
  const resolve = (object: string, path: string): [string, string] | undefined => {
    const [first = "", ...rest] = path.split(".");
    if (rest.length === 0) return [object, first];
    const lookup = field(object, first.replace(/__r$/, "__c"));
    const target = lookup && text(lookup.xml, "referenceTo");
    return target === undefined ? undefined : resolve(target, rest.join("."));
  };

  return {
    find,
    isObject,
    has: (type, fullName) => find(type, fullName) !== undefined,
    of: (type) => tree.components.filter((one) => one.type === type),
    isField(object, path) {
      const end = resolve(object, path);
      if (end === undefined) return false;
      const own = standardFields[end[0]] ?? standardFields["*"];
      return field(...end) !== undefined || own?.includes(end[1]) === true;
    },
    picklist(object, path) {
      const end = resolve(object, path);
      const found = end && field(...end);
      if (found === undefined || text(found.xml, "type") !== "Picklist") return undefined;
      return all(found.xml, "valueSet", "valueSetDefinition", "value").flatMap((value) => texts(value, "fullName"));
    },
  };
}
