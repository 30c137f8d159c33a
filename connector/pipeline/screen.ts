import { isAddressed, type Post } from "../model/post.ts";
import { mapLive } from "./live.ts";
import type { Stage } from "./stage.ts";

const LINK = /https?:\/\/\S+/giu;
const NAME = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu;
const TAG = /#[\p{L}\p{N}_]+/gu;
/** Letters, digits, a symbol such as an emoji, a lone question mark: whatever somebody may have meant. */
const WORDS = /[\p{L}\p{N}\p{S}?!]/u;
const SHARE = /^\s*(?:RT|MT)\s+@\S+/u;

/** From here on a post is more tags than words. */
const AD_TAGS = 4;

/**
 * Sets aside what cannot be meant for anybody here. In doubt a post passes, and always if it says one word to us. So does an
 * edit: the CRM may hold what it replaces.
 */
export function toScreen(): Stage {
  return {
    name: "screen",
    apply: async (drafts) =>
      await Promise.resolve(
        mapLive(drafts, (draft) => {
          const reason = draft.post.version > 0 ? undefined : toNoise(draft.post);
          return reason === undefined ? draft : { ...draft, ignored: { stage: "screen", reason } };
        }),
      ),
  };
}

/** Why a post is noise, as a sentence; undefined: it is none. */
export function toNoise(post: Post): string | undefined {
  if (post.direction === "outbound") return undefined;
  if ((post.media ?? []).length > 0) return undefined;
  if (post.text.trim() === "") return "It has neither words nor pictures.";
  if (post.visibility === "private") return undefined;
  if (SHARE.test(post.text)) return "It only shares what somebody else said.";
  const own = post.text.replace(LINK, " ").replace(NAME, " ");
  if (isAddressed(post)) return hasLink(post.text) || WORDS.test(own) ? undefined : "It names people and says nothing.";
  const words = own.replace(TAG, " ");
  if (!WORDS.test(words)) return "It has only names, tags and links.";
  return isAd(post.text, words) ? "It is an advertisement: a link and more tags than words." : undefined;
}

function hasLink(text: string): boolean {
  return text.search(LINK) >= 0;
}

function isAd(text: string, words: string): boolean {
  const tags = text.match(TAG)?.length ?? 0;
  return tags >= AD_TAGS && hasLink(text) && words.trim().split(/\s+/u).length <= tags;
}
