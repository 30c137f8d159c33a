import { allAccounts } from "../accounts.ts";
import type { State } from "../state.ts";
import { linkLength } from "../text-length.ts";

const about = "A small social network to try Earshot with. Nothing here leaves this machine.";
const version = "4.5.0 (compatible; Earshot sandbox)";
const title = "The sandbox network";

const statuses = ({ textLimit }: State) => ({
  max_characters: textLimit,
  max_media_attachments: 0,
  characters_reserved_per_url: linkLength,
});

const streamingUrl = (state: State) => state.url().replace(/^http/, "ws");

/** `GET /api/v2/instance`: what a client must know of the network before it speaks. */
export const instanceEntity = (state: State) => ({
  domain: state.domain,
  title,
  version,
  source_url: state.url(),
  description: about,
  usage: { users: { active_month: allAccounts(state).length } },
  thumbnail: { url: `${state.url()}/network.svg`, blurhash: null, versions: {} },
  icon: [],
  languages: ["en"],
  configuration: {
    urls: { streaming: streamingUrl(state), status: null },
    vapid: { public_key: "" },
    accounts: { max_featured_tags: 0, max_pinned_statuses: 0 },
    statuses: statuses(state),
    media_attachments: { supported_mime_types: [], image_size_limit: 0, video_size_limit: 0 },
    polls: { max_options: 0, max_characters_per_option: 0, min_expiration: 0, max_expiration: 0 },
    translation: { enabled: false },
  },
  registrations: { enabled: false, approval_required: false, message: null },
  api_versions: { mastodon: 6 },
  contact: { email: `admin@${state.domain}`, account: null },
  rules: [],
});

/** `GET /api/v1/instance`: the same for older clients. */
export const oldInstanceEntity = (state: State) => ({
  uri: state.domain,
  title,
  version,
  short_description: about,
  description: about,
  email: `admin@${state.domain}`,
  urls: { streaming_api: streamingUrl(state) },
  stats: { user_count: allAccounts(state).length, status_count: 0, domain_count: 1 },
  thumbnail: `${state.url()}/network.svg`,
  languages: ["en"],
  registrations: false,
  approval_required: false,
  invites_enabled: false,
  configuration: { statuses: statuses(state) },
  contact_account: null,
  rules: [],
});
