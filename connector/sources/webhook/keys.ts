import type { Key } from "../../model/glossary.ts";
import { toKey } from "../../model/key.ts";

export const NETWORK = "webhook";

/** Keys name a version after `#` and a Case's parts by `|`: in an id of the sender's these stand as in an address. */
function toSafeId(id: string): string {
  return id.replace(/[%#|]/g, (sign) => encodeURIComponent(sign));
}

/** What was said, and also a conversation: it is named by its first post, or as the sender likes. */
export function toPostKey(name: string, id: string): Key {
  return toKey(NETWORK, name, toSafeId(id));
}

export function toPersonaKey(name: string, authorId: string): Key {
  return toKey(NETWORK, name, `authors/${toSafeId(authorId)}`);
}

/** All the private messages of one author, where the sender names no conversation. */
export function toExchangeKey(name: string, authorId: string): Key {
  return toKey(NETWORK, name, `private/${toSafeId(authorId)}`);
}

export function toAccountKey(name: string): Key {
  return toKey(NETWORK, name, "account");
}
