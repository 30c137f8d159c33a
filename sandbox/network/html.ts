import { toTokens, type Token } from "./tokens.ts";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** The text as it can stand in HTML, in an element or an attribute. */
export const toEscaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

export interface Links {
  /** The network's address. */
  readonly url: string;
  /** Whether this mention names an account: only those become links. */
  readonly isMentioned: (username: string, domain: string | undefined) => boolean;
}

/** A post's text as the HTML that Mastodon makes of it: paragraphs, breaks, links, mentions and hashtags; all else escaped. */
export function toHtml(text: string, links: Links): string {
  if (text === "") return "";
  const inner = toTokens(text)
    .map((token) => toMarkup(token, links))
    .join("");
  const paragraphs = inner.split(/\n{2,}/).map((part) => `<p>${part.replaceAll("\n", "<br />")}</p>`);
  return paragraphs.join("");
}

function toMarkup(token: Token, links: Links): string {
  if (token.type === "url") return toLink(token.raw);
  if (token.type === "tag") {
    const href = `${links.url}/tags/${encodeURIComponent(token.tag.toLowerCase())}`;
    return `<a href="${toEscaped(href)}" class="mention hashtag" rel="tag">#<span>${toEscaped(token.tag)}</span></a>`;
  }
  if (token.type === "mention" && links.isMentioned(token.username, token.domain)) {
    const href = toEscaped(`${links.url}/@${token.username}`);
    const name = toEscaped(token.username);
    return `<span class="h-card" translate="no"><a href="${href}" class="u-url mention">@<span>${name}</span></a></span>`;
  }
  return toEscaped(token.raw);
}

/** Shown without its scheme and cut after thirty characters; the hidden parts stay in the text, as Mastodon has it. */
function toLink(url: string): string {
  const prefix = /^https?:\/\/(www\.)?/.exec(url)?.[0] ?? "";
  const shown = url.slice(prefix.length, prefix.length + 30);
  const rest = url.slice(prefix.length + 30);
  const span = (kind: string, text: string) => `<span class="${kind}">${toEscaped(text)}</span>`;
  const body = span("invisible", prefix) + span(rest ? "ellipsis" : "", shown) + span("invisible", rest);
  return `<a href="${toEscaped(url)}" target="_blank" rel="nofollow noopener noreferrer" translate="no">${body}</a>`;
}
