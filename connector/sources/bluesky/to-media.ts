import type { Media } from "../../model/post.ts";
import { toCleanText } from "../clean-text.ts";
import type { WirePost } from "./schema.ts";

type WireEmbed = NonNullable<WirePost["embed"]>;

/** Pictures, films and cards of a post. Where they lie follows from whose they are and what they are called. */
export function toMedia(embed: WireEmbed | undefined, did: string): readonly Media[] {
  if (embed === undefined) return [];
  return [...toOwn(embed, did), ...(embed.media === undefined ? [] : toOwn(embed.media, did))];
}

function toOwn(embed: Omit<WireEmbed, "media">, did: string): readonly Media[] {
  const images = embed.images.flatMap(({ image, alt }) =>
    image === undefined
      ? []
      : toOne("image", `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${image.ref.$link}@jpeg`, alt),
  );
  const video = embed.video && `https://video.bsky.app/watch/${did}/${embed.video.ref.$link}/playlist.m3u8`;
  const { external } = embed;
  return [
    ...images,
    ...(video === undefined ? [] : toOne("video", video, embed.alt)),
    ...(external === undefined ? [] : toOne("other", external.uri, external.title)),
  ];
}

/** Only addresses of the web: whatever else a stranger names must not become a link in the CRM. */
function toOne(kind: Media["kind"], url: string, words = ""): readonly Media[] {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return [];
  const description = toCleanText(words);
  return [{ url, kind, ...(description === "" ? {} : { description }) }];
}

/** The post that this one quotes. */
export function toQuoted(embed: WireEmbed | undefined): string | undefined {
  return embed?.record?.record?.uri ?? embed?.record?.uri;
}
