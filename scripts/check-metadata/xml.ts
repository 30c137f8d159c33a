import { XMLParser } from "fast-xml-parser";
import { findFault } from "./well-formed.ts";

/** An XML element. Only components' targets have attributes. */
export interface Element {
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly Element[]>;
}

export interface Root extends Element {
  readonly tag: string;
}

const ATTRIBUTES = ":attributes";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributesGroupName: ATTRIBUTES,
  attributeNamePrefix: "",
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && name !== ATTRIBUTES,
});

/** The document's root element, or the place and reason why it is not well-formed. */
export function parseXml(source: string): Root | { readonly fault: string } {
  const fault = findFault(source);
  if (fault !== undefined) return { fault };
  const root = [...toElement(parser.parse(source)).children][0];
  const element = root?.[1][0];
  if (root === undefined || element === undefined) return { fault: "there is no element" };
  return { tag: root[0], ...element };
}

/** The elements reached from `element` by these tags, in the order of the file. */
export function all(element: Element, ...tags: readonly string[]): readonly Element[] {
  return tags.reduce<readonly Element[]>((from, tag) => from.flatMap((one) => one.children.get(tag) ?? []), [element]);
}

export function texts(element: Element, ...tags: readonly string[]): readonly string[] {
  return all(element, ...tags).map((one) => one.text);
}

export function text(element: Element, tag: string): string | undefined {
  return texts(element, tag)[0];
}

export function isTrue(element: Element, tag: string): boolean {
  return text(element, tag) === "true";
}

function toElement(raw: unknown): Element {
  if (typeof raw === "string") return { text: raw, attributes: new Map(), children: new Map() };
  const { "#text": text, [ATTRIBUTES]: attributes, ...tags } = (raw ?? {}) as Readonly<Record<string, unknown>>;
  const children = new Map<string, readonly Element[]>();
  for (const [tag, values] of Object.entries(tags)) {
    if (Array.isArray(values)) children.set(tag, values.map(toElement));
  }
  return { text: toText(text), attributes: new Map(Object.entries(attributes ?? {})), children };
}

/** The text of an element that has attributes. */
function toText(raw: unknown): string {
  const only: unknown = Array.isArray(raw) ? raw[0] : raw;
  return typeof only === "string" ? only : "";
}
