const LINK = /(?<![\w@/#$.-])https?:\/\/[^\s<>"]*[^\s<>"'.,:;!?()[\]{}]/giu;
const REMOTE_MENTION = /(?<![\w/])@(\w+)@[a-z0-9][a-z0-9.-]*/giu;
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
  const counted = network === "mastodon" ? withoutLinks.replace(REMOTE_MENTION, "@$1") : withoutLinks;
  return [...graphemes.segment(counted)].length + links.length * (urlLength ?? 0);
}

/**
 * The mention that the connector puts in front on Mastodon, where an answer reaches only whom it names; empty if the text names
 * them already.
 *
 * @param {string} text
 * @param {{ network?: string, handle?: string }} reader `handle` of the person answered, with its host, without @
 */
export function toMentionPrefix(text, { network, handle }) {
  if (network !== "mastodon" || !handle) return "";
  const [name, host = ""] = handle.split("@");
  const named = new RegExp(`(?<![\\w@/])@${literally(name)}(@${literally(host)})?(?![\\w@])`, "iu");
  return named.test(text) ? "" : `@${handle} `;
}

function literally(words) {
  return words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
