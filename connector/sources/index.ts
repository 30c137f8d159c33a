import type { Clock } from "../clock.ts";
import type { Key } from "../model/glossary.ts";
import type { Log } from "../telemetry.ts";
import { openBluesky, type BlueskyOptions } from "./bluesky/index.ts";
import type { Heard } from "./heard.ts";
import { openMastodon, type MastodonOptions } from "./mastodon/index.ts";
import type { Source } from "./source.ts";
import type { TokenStore } from "./token.ts";
import { openWebhook, type WebhookOptions } from "./webhook/index.ts";

/** What every source may use, whatever its account's settings. */
export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly isOurs?: (persona: Key) => boolean;
  readonly tokenStore?: TokenStore;
  /** false: another process refreshes what lets us in, we only use what it has stored. Asked each time; absent: we may. */
  readonly mayRefresh?: () => boolean;
  /** true: where a network gives sessions we begin one of our own, beside that of another process, and do not keep it. */
  readonly ownSession?: boolean;
  /** Without it a source knows only what it told since it was opened. */
  readonly heard?: Heard;
}

/** An account's settings, by the name that the configuration gives its network. */
export type Settings =
  | ({ readonly network: "mastodon" } & Omit<MastodonOptions, keyof Surroundings>)
  | ({ readonly network: "bluesky" } & Omit<BlueskyOptions, keyof Surroundings>)
  | ({ readonly network: "webhook" } & WebhookOptions);

/** One of our accounts. Throws `Misconfigured` and `Unavailable` as its network does. */
export async function openSource(settings: Settings, surroundings: Surroundings): Promise<Source & AsyncDisposable> {
  switch (settings.network) {
    case "mastodon":
      return await openMastodon({ ...settings, ...surroundings });
    case "bluesky":
      return await openBluesky({ ...settings, ...surroundings });
    case "webhook":
      return await openWebhook(settings);
  }
}
