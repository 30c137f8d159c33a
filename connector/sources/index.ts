import { openMastodon } from "./mastodon/index.ts";

/** The networks that Earshot speaks to, by the name that the configuration gives them. */
export const sources = { mastodon: openMastodon } as const;
