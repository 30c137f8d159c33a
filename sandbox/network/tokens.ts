/** A stretch of a post's text and what it is. `raw` of all tokens joined is the text again. */
export type Token =
  | { readonly type: "text" | "url"; readonly raw: string }
  | { readonly type: "tag"; readonly raw: string; readonly tag: string }
  | { readonly type: "mention"; readonly raw: string; readonly username: string; readonly domain: string | undefined };

const marks = new RegExp(
  [
    String.raw`(?<url>https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()\[\]{}])`,
    String.raw`(?<![=\/\w@])@(?<username>\w+(?:[\w.-]*\w)?)(?:@(?<domain>[\w.-]+\w))?`,
    String.raw`(?<![=\/)\p{L}\p{N}_&])#(?<tag>[\p{L}\p{N}\p{M}_]*[\p{L}\p{M}][\p{L}\p{N}\p{M}_]*)`,
  ].join("|"),
  "giu",
);

/** Cuts a text into links, mentions, hashtags and what is between them. */
export function toTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > end) tokens.push({ type: "text", raw: text.slice(end, match.index) });
    tokens.push(toToken(match));
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ type: "text", raw: text.slice(end) });
  return tokens;
}

function toToken(match: RegExpExecArray): Token {
  const { username, domain, tag } = match.groups ?? {};
  if (username !== undefined) return { type: "mention", raw: match[0], username, domain };
  if (tag !== undefined) return { type: "tag", raw: match[0], tag };
  return { type: "url", raw: match[0] };
}
