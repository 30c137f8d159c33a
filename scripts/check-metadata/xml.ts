import { XMLParser } from "fast-xml-parser";
import { findFault } from "./well-formed.ts";

/** An XML element without its attributes, which metadata does not use. */
export interface Element {
  readonly text: string;
  readonly children: ReadonlyMap<string, readonly Element[]>;
}

export interface Root extends Element {
  readonly tag: string;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: () => true,
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
  if (typeof raw === "string") return { text: raw, children: new Map() };
  const children = new Map<string, readonly Element[]>();
  for (const [tag, values] of Object.entries(raw ?? {})) {
    if (tag !== "#text" && Array.isArray(values)) children.set(tag, values.map(toElement));
  }
  return { text: "", children };
}
