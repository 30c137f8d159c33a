import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";

/** What an element of metadata may hold: other elements, one of some words, or a plain value. */
export type MetadataType =
  | { readonly kind: "element"; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "string" | "number" | "boolean" };

export interface Member {
  readonly type: string;
  readonly isRequired: boolean;
  readonly isRepeatable: boolean;
}

/** Deployed as one encoded string; in source format it is written out, and `rules/components.ts` looks at it. */
const WRITTEN_OUT: ReadonlyMap<string, string> = new Map([["LightningComponentBundle.targetConfigs", "anything"]]);

/** The metadata API's types by name, as Salesforce publishes them for TypeScript. Undefined for a name they do not have. */
export function readMetadataTypes(): (name: string) => MetadataType | undefined {
  const path = createRequire(import.meta.url)
    .resolve("@salesforce/types/metadata")
    .replace(/\.js$/, ".d.ts");
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
  const declared = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map(({ name, type }) => [name.text, type]),
  );
  const known = new Map<string, MetadataType>(["string", "number", "boolean"].map((kind) => [kind, { kind } as Plain]));
  return typeOf;

  function typeOf(name: string): MetadataType | undefined {
    const found = known.get(name);
    if (found !== undefined) return found;
    const node = declared.get(name);
    const type = node && toType(name, node, source);
    if (type !== undefined) known.set(name, type);
    return type;
  }

  function toType(name: string, node: ts.TypeNode, file: ts.SourceFile): MetadataType {
    const words = toWords(node);
    if (words !== undefined) return { kind: "words", words };
    const parts = ts.isIntersectionTypeNode(node) ? node.types : [node];
    if (!parts.some(ts.isTypeLiteralNode)) return { kind: "string" };
    const members = parts.flatMap((part) => {
      if (ts.isTypeLiteralNode(part))
        return part.members.filter(ts.isPropertySignature).map((member) => toMember(name, member, file));
      const base = typeOf(part.getText(file));
      return base?.kind === "element" ? [...base.members] : [];
    });
    return { kind: "element", members: new Map(members) };
  }
}

type Plain = Extract<MetadataType, { kind: "string" | "number" | "boolean" }>;

function toMember(
  owner: string,
  { name, type, questionToken }: ts.PropertySignature,
  file: ts.SourceFile,
): [string, Member] {
  const tag = name.getText(file);
  const isRepeatable = type !== undefined && ts.isArrayTypeNode(type);
  const one = isRepeatable ? type.elementType : type;
  return [
    tag,
    {
      type: WRITTEN_OUT.get(`${owner}.${tag}`) ?? one?.getText(file) ?? "string",
      isRequired: !isRepeatable && questionToken === undefined,
      isRepeatable,
    },
  ];
}

/** `'Read' | 'ReadWrite'` */
function toWords(node: ts.TypeNode): readonly string[] | undefined {
  const members = ts.isUnionTypeNode(node) ? node.types : [node];
  const words = members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : undefined,
  );
  return words.every((word) => word !== undefined) ? words : undefined;
}
