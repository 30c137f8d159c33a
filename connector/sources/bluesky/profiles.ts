import type { Clock } from "../../clock.ts";
import { Disconnected, Unavailable } from "../../errors.ts";
import type { Persona } from "../../model/persona.ts";
import { toCleanText } from "../clean-text.ts";
import { Busy, Declined } from "../asking/declined.ts";
import type { Ask } from "./client.ts";
import { readIdentity } from "./did-document.ts";
import { NETWORK, toPersonaKey } from "./keys.ts";
import { WireProfiles } from "./schema.ts";
import type { WireProfile } from "./schema.ts";

/** As many as the network gives at once. */
const AT_ONCE = 25;
const FRESH_MS = 10 * 60_000;
const MOST = 2_000;

/** Somebody as the network shows them to us. */
export interface Profile {
  readonly persona: Persona;
  /** Why they take no private message from us; undefined: they may, or nobody knows. */
  readonly noMessages: string | undefined;
}

/** Who is behind a DID: posts name their authors by nothing else. */
export interface Profiles {
  /** One for each of these, asked for where it is not known or old. */
  read(dids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Profile>>;
  /** It has changed. */
  forget(did: string): void;
}

export interface ProfilesOptions {
  readonly ask: Ask;
  readonly plc: string;
  readonly clock: Clock;
}

/** While the network's index is down who somebody is is looked up in the directory: a complaint is not kept waiting by it. */
export function openProfiles({ ask, plc, clock }: ProfilesOptions): Profiles {
  const known = new Map<string, { readonly profile: Profile; readonly untilMs: number }>();

  const remember = (did: string, profile: Profile) => {
    known.delete(did);
    known.set(did, { profile, untilMs: clock.monotonicMs() + FRESH_MS });
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
  };
  const isFresh = (did: string) => clock.monotonicMs() < (known.get(did)?.untilMs ?? 0);

  return {
    read: async (dids, signal) => {
      const wanted = [...new Set(dids)];
      const found = new Map<string, Profile>();
      const missing = wanted.filter((did) => !isFresh(did));
      for (let start = 0; start < missing.length; start += AT_ONCE)
        for (const [did, profile] of await ask25(missing.slice(start, start + AT_ONCE), signal)) {
          remember(did, profile);
          found.set(did, profile);
        }
      for (const did of wanted)
        found.set(did, found.get(did) ?? known.get(did)?.profile ?? (await lookUp(did, signal)));
      return found;
    },
    forget: (did) => void known.delete(did),
  };

  async function ask25(actors: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Profile>> {
    try {
      const answer = await ask(signal, { method: "app.bsky.actor.getProfiles", query: { actors } });
      const profiles = WireProfiles.safeParse(answer).data?.profiles ?? [];
      return new Map(profiles.map((wire) => [wire.did, toProfile(wire)]));
    } catch (error) {
      const isDown = error instanceof Unavailable && !(error instanceof Disconnected || error instanceof Busy);
      if (isDown || error instanceof Declined) return new Map();
      throw error;
    }
  }

  /** Not remembered: next time the index may know more. Only the directory is asked, never a stranger's own web site. */
  async function lookUp(did: string, signal: AbortSignal): Promise<Profile> {
    const identity = did.startsWith("did:plc:") ? await readIdentity(did, plc, signal) : undefined;
    const handle = identity?.handle ?? did;
    return { persona: toPersona({ did, handle }), noMessages: undefined };
  }
}

export function toPersona(wire: Pick<WireProfile, "did" | "handle"> & Partial<WireProfile>): Persona {
  return {
    key: toPersonaKey(wire.did),
    network: NETWORK,
    handle: wire.handle,
    displayName: toCleanText(wire.displayName ?? "").replace(/\s+/g, " "),
    profileUrl: `https://bsky.app/profile/${wire.did}`,
    ...(wire.avatar?.startsWith("https://") === true ? { avatarUrl: wire.avatar } : {}),
    ...(wire.followersCount === undefined ? {} : { followers: wire.followersCount }),
  };
}

/** Who has said nothing takes messages from those whom they follow. */
function toProfile(wire: WireProfile): Profile {
  const takesFrom = wire.associated?.chat?.allowIncoming ?? "following";
  const follows = wire.viewer?.followedBy !== undefined;
  const noMessages =
    takesFrom === "none"
      ? "This person takes no private messages."
      : takesFrom === "following" && !follows
        ? "This person takes private messages only from accounts that they follow, and they do not follow ours."
        : undefined;
  return { persona: toPersona(wire), noMessages };
}
