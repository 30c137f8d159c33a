/** How the network finds names in a text: `@anna` is one of its own people, `@anna@social.example` somebody elsewhere. */
const NAME = /(?<![=/\p{L}\p{N}_])@(\w+(?:[\w.-]*\w)?)(?:@([\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*))?/giu;

/** Who is named in the text: handles with their instance, in lower case, each once. */
export function toNamed(text: string, domain: string): readonly string[] {
  const handles = Array.from(text.matchAll(NAME), ([, name = "", instance = domain]) => `${name}@${instance}`);
  return [...new Set(handles.map((handle) => handle.toLowerCase()))];
}

/** The text as it is posted: it begins with the name of whom it answers, unless it names them anyway. */
export function toReplyText(text: string, handle: string, domain: string): string {
  const words = text.toWellFormed().trim();
  return handle === "" || toNamed(words, domain).includes(handle.toLowerCase()) ? words : `@${handle} ${words}`;
}

/**
 * What stays of a text for comparison. The network shows names without the instance and links in its own way, and a
 * server may tidy white space: none of this makes another text.
 */
export function toComparable(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\(?https?:\/\/[^\s)]+\)?/gi, " ")
    .replace(NAME, "@$1")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}
