import { toCleanText } from "../clean-text.ts";
import { decodeEntities, toAttribute, toMarkup } from "./markup.ts";

const BLOCKS = new Set(["p", "div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]);
/** What a link to a person or a topic is marked with: its words say all. */
const NAMING = /(?:^|\s)(?:mention|hashtag)(?:\s|$)/;

/**
 * A post's HTML as its reader sees it: paragraphs and line breaks as new lines, links in full (a label of its own is
 * followed by the address), entities decoded, broken Unicode repaired, no control characters.
 */
export function toPlainText(html: string): string {
  const said: string[] = [];
  const links: { readonly start: number; readonly address: string | undefined }[] = [];
  for (const piece of toMarkup(html)) {
    if (piece.kind === "text") said.push(decodeEntities(piece.text.replace(/[\r\n]+/g, " ")));
    else if (BLOCKS.has(piece.tag)) said.push("\n\n");
    else if (piece.tag === "a" && piece.kind === "open")
      links.push({ start: said.length, address: toAddress(piece.attributes) });
    else if (piece.tag === "a") {
      const link = links.pop();
      if (link !== undefined) said.push(toLink(said.splice(link.start).join(""), link.address));
    } else if (piece.kind === "open") said.push(toSign(piece.tag, piece.attributes));
  }
  return toCleanText(said.join(""));
}

/** What an element without words of its own stands for. */
function toSign(tag: string, attributes: string): string {
  if (tag === "br") return "\n";
  if (tag === "li") return "\n- ";
  return tag === "img" ? (toAttribute(attributes, "alt") ?? "") : "";
}

function toAddress(attributes: string): string | undefined {
  if (NAMING.test(toAttribute(attributes, "class") ?? "")) return undefined;
  const address = toAttribute(attributes, "href");
  return address !== undefined && /^https?:\/\//i.test(address) ? address : undefined;
}

function toLink(label: string, address: string | undefined): string {
  if (address === undefined || toBare(label) === toBare(address)) return label;
  const isShortened = label.endsWith("…") && toBare(address).startsWith(toBare(label.slice(0, -1)));
  if (isShortened || label.trim() === "") return address;
  return `${label} (${address})`;
}

/** For comparison: what stays of an address that is written with and without its scheme, or its last slash. */
function toBare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/$/, "");
}
