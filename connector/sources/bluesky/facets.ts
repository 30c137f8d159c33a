/** What a stretch of a text is. Places are told in bytes of UTF-8, the end exclusive. */
export interface Facet {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly Readonly<Record<string, string>>[];
}

const MENTION =
  /(?<![\p{L}\p{N}_@.])@(?<handle>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+)/giu;
/** A bracket at the end belongs to it where it was opened in it. */
const LINK =
  /(?<![\p{L}\p{N}_])https?:\/\/(?:[^\s<>"]*\([^\s<>"()]*\)(?=[<>"'.,:;!?)\]}]*(?:\s|$))|[^\s<>"]*[^\s<>"'.,:;!?。、…»”’()[\]{}])/giu;
const TAG = /(?<![\p{L}\p{N}_&/#])#(?<tag>(?!\p{N}+(?![\p{L}\p{N}_]))[\p{L}\p{N}_]{1,64})/gu;

/** The handles that a text names, in lower case, each once. */
export function toHandles(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(MENTION), (match) => toName(match)))];
}

/** What in the text is a link, a tag or, where `dids` knows the handle, the name of somebody. */
export function toFacets(text: string, dids: ReadonlyMap<string, string>): readonly Facet[] {
  const links = toEach(text, LINK, ([uri]) => ({ $type: "app.bsky.richtext.facet#link", uri }));
  const isLinked = ({ index }: Facet) =>
    links.some((link) => index.byteStart < link.index.byteEnd && index.byteEnd > link.index.byteStart);
  const mentions = toEach(text, MENTION, (match) => {
    const did = dids.get(toName(match));
    return did === undefined ? undefined : { $type: "app.bsky.richtext.facet#mention", did };
  });
  const tags = toEach(text, TAG, ({ groups }) => ({
    $type: "app.bsky.richtext.facet#tag",
    tag: groups?.["tag"] ?? "",
  }));
  return [...links, ...[...mentions, ...tags].filter((facet) => !isLinked(facet))].toSorted(
    (a, b) => a.index.byteStart - b.index.byteStart,
  );
}

function toEach(
  text: string,
  pattern: RegExp,
  toFeature: (match: RegExpMatchArray) => Readonly<Record<string, string>> | undefined,
): readonly Facet[] {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const feature = toFeature(match);
    if (feature === undefined) return [];
    const byteStart = Buffer.byteLength(text.slice(0, match.index));
    return [{ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(match[0]) }, features: [feature] }];
  });
}

function toName({ groups }: RegExpMatchArray): string {
  return groups?.["handle"]?.toLowerCase() ?? "";
}
