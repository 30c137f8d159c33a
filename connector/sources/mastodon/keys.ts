import type { Key } from "../../model/glossary.ts";
import { toKey } from "../../model/key.ts";

export const NETWORK = "mastodon";

/** Ids go into paths of requests: nothing but letters and digits ever does. */
const ID = /^[0-9A-Za-z_-]+$/;

export function toPostKey(domain: string, id: string): Key {
  return toKey(NETWORK, domain, id);
}

export function toPersonaKey(domain: string, accountId: string): Key {
  return toKey(NETWORK, domain, `accounts/${accountId}`);
}

/** The private exchange between our account and one persona. */
export function toExchangeKey(domain: string, ourId: string, theirId: string): Key {
  return toKey(NETWORK, domain, `private/${ourId}/${theirId}`);
}

/** The network's id of a post; undefined: the key is not one of a post on this instance. */
export function toPostId(domain: string, key: Key): string | undefined {
  const prefix = toPostKey(domain, "");
  const id = key.startsWith(prefix) ? key.slice(prefix.length) : "";
  return ID.test(id) ? id : undefined;
}
