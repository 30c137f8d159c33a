export type Markup =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "open" | "close"; readonly tag: string; readonly attributes: string };

const TAG = /^<(\/?)([a-z][a-z0-9]*)([^>]*)>$/i;
/** Elements whose content is no text. */
const OPAQUE = new Set(["script", "style"]);

/** Cuts HTML into tags and text, in time that grows with its length only, however broken it is. Comments are left out. */
export function* toMarkup(html: string): Generator<Markup> {
  let at = 0;
  let end = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open === -1) break;
    if (end <= open) end = html.indexOf(">", open) + 1;
    if (end === 0) break;
    if (open > at) yield { kind: "text", text: html.slice(at, open) };
    const parts = TAG.exec(html.slice(open, end));
    at = end;
    if (html.startsWith("<!--", open)) {
      const close = html.indexOf("-->", open);
      at = close === -1 ? html.length : close + 3;
    } else if (parts === null) {
      yield { kind: "text", text: "<" };
      at = open + 1;
    } else {
      const tag = (parts[2] ?? "").toLowerCase();
      if (parts[1] === "" && OPAQUE.has(tag)) at = endOf(tag, html, end);
      else yield { kind: parts[1] === "" ? "open" : "close", tag, attributes: parts[3] ?? "" };
    }
  }
  if (at < html.length) yield { kind: "text", text: html.slice(at) };
}

function endOf(tag: string, html: string, from: number): number {
  const closing = new RegExp(`</${tag}[^>]*>`, "gi");
  closing.lastIndex = from;
  return closing.exec(html) === null ? html.length : closing.lastIndex;
}

/** An attribute's value with its entities decoded; undefined: the tag has none of this name. */
export function toAttribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[\\s"'/])${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"']+))`, "i").exec(attributes);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : decodeEntities(value);
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00A0" };

/** Numeric entities and the few named ones that servers write. Anything else stays as it stands. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi, (whole, hex, decimal, name) => {
    if (typeof name === "string") return NAMED[name.toLowerCase()] ?? whole;
    const code = typeof hex === "string" ? Number.parseInt(hex, 16) : Number(decimal);
    return code === 0 || code > 0x10ffff ? "\uFFFD" : String.fromCodePoint(code);
  });
}
