import { createHash } from "node:crypto";
import type { Key, Network } from "./glossary.ts";

const LONGEST = 255;
/** Leaves room for the number, and is the same for every number. */
const LONGEST_PAIR = LONGEST - 10;

/** What is longer than a key may be ends in the SHA-256 of the whole. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 65)}~${createHash("sha256").update(text).digest("hex")}`;
}

/**
 * Our key of a thing on a network. `instance` is the server's host (with port, if any), `id` the network's own id.
 * A key longer than 255 characters (the length of an external id in Salesforce) ends in the SHA-256 of the whole.
 */
export function toKey(network: Network, instance: string, id: string): Key {
  return shortened(`${network}:${instance}/${id}`, LONGEST);
}

/** The key of the `n`-th Case (from 1) of one customer in one conversation. It ends in `|n`, however long the others are. */
export function toCaseKey(conversation: Key, persona: Key, n: number): Key {
  return `${toPair(conversation, persona)}|${n}`;
}

/** Is it the key of a Case of this customer in this conversation, whatever its number? */
export function isCaseKeyOf(key: Key, conversation: Key, persona: Key): boolean {
  const pair = toPair(conversation, persona);
  return key.startsWith(`${pair}|`) && /^\d+$/u.test(key.slice(pair.length + 1));
}

function toPair(conversation: Key, persona: Key): string {
  return shortened(`${conversation}|${persona}`, LONGEST_PAIR);
}
