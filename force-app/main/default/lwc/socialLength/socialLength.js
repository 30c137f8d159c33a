const LINK = /(?<![\w@/#$.-])https?:\/\/[^\s<>"]*[^\s<>"'.,:;!?()[\]{}]/giu;
/** @name or @name@host, as Mastodon finds them. */
const MENTION =
  /(?<![=/\p{L}\p{N}_])@(?<name>\w+(?:[\w.-]*\w)?)(?:@(?<host>[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*))?/giu;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * How long a text is to its network: what a reader sees as one character counts one, a link counts `urlLength` whatever its
 * length, and on Mastodon the host in @name@host does not count.
 *
 * @param {string} text
 * @param {{ network?: string, urlLength?: number }} rules `network` by its API name; without `urlLength` links count as written
 * @returns {number}
 */
export function countCharacters(text, { network, urlLength } = {}) {
  const links = urlLength ? (text.match(LINK) ?? []) : [];
  const withoutLinks = urlLength ? text.replace(LINK, "") : text;
  const counted = network === "mastodon" ? withoutLinks.replace(MENTION, "@$<name>") : withoutLinks;
  return [...graphemes.segment(counted)].length + links.length * (urlLength ?? 0);
}

/**
 * The mention that the connector puts in front on Mastodon, where an answer reaches only whom it names; empty if the text names
 * them already. A name without a host is one of our own instance.
 *
 * @param {string} text
 * @param {{ network?: string, handle?: string, accountHandle?: string }} target the handle of the person answered and our own, each
 * with its host, without @ in front
 */
export function toMentionPrefix(text, { network, handle, accountHandle = "" }) {
  if (network !== "mastodon" || !handle) return "";
  const [, ownHost = ""] = accountHandle.split("@");
  const named = [...text.matchAll(MENTION)].map(({ groups: { name, host = ownHost } }) =>
    `${name}@${host}`.toLowerCase(),
  );
  return named.includes(handle.toLowerCase()) ? "" : `@${handle} `;
}
