import type { Key } from "../../model/glossary.ts";
import { toKey } from "../../model/key.ts";
import { toPostUri } from "./uri.ts";
import type { PostUri } from "./uri.ts";

export const NETWORK = "bluesky";

/** Who somebody is for good: handles change, a DID does not. Both parts go into requests. */
const DID = /^did:[a-z]+:[\w.:%-]+$/;
const RKEY = /^[\w.~:-]+$/;
const MESSAGE = /^messages\/([\w-]+)\/([\w-]+)$/;

export function toPostKey(did: string, rkey: string): Key {
  return toKey(NETWORK, did, rkey);
}

/** The key of the post that an `at://` address names; undefined: it names none. */
export function toKeyOf(uri: string | undefined): Key | undefined {
  const post = uri === undefined ? undefined : toPostUri(uri);
  return post && toPostKey(post.did, post.rkey);
}

export function toPersonaKey(did: string): Key {
  return toKey(NETWORK, did, "profile");
}

/** A private exchange of our account. */
export function toExchangeKey(ourDid: string, convoId: string): Key {
  return toKey(NETWORK, ourDid, `messages/${convoId}`);
}

export function toMessageKey(ourDid: string, convoId: string, id: string): Key {
  return toKey(NETWORK, ourDid, `messages/${convoId}/${id}`);
}

/** Where the post stands on the network; undefined: the key is not one of a public post there. */
export function toAddress(key: Key): PostUri | undefined {
  const [did = "", rkey = ""] = toParts(key);
  return DID.test(did) && RKEY.test(rkey) && rkey !== "profile" ? { did, rkey } : undefined;
}

/** The network's names of a private message of this account; undefined: the key is not one of such a message. */
export function toMessageIds(ourDid: string, key: Key): { readonly convoId: string; readonly id: string } | undefined {
  const [did, rest = ""] = toParts(key);
  const [, convoId, id] = (did === ourDid ? MESSAGE.exec(rest) : null) ?? [];
  return convoId === undefined || id === undefined ? undefined : { convoId, id };
}

/** Whose account the persona is; undefined: it is not one of this network. */
export function toDid(persona: Key): string | undefined {
  const [did = "", rest] = toParts(persona);
  return rest === "profile" && DID.test(did) ? did : undefined;
}

function toParts(key: Key): readonly string[] {
  const prefix = `${NETWORK}:`;
  const path = key.startsWith(prefix) ? key.slice(prefix.length) : "";
  const slash = path.indexOf("/");
  return slash < 0 ? [] : [path.slice(0, slash), path.slice(slash + 1)];
}
