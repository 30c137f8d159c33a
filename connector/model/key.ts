import { createHash } from "node:crypto";
import type { Key, Network } from "./glossary.ts";

const LONGEST = 255;

/**
 * Our key of a thing on a network. `instance` is the server's host (with port, if any), `id` the network's own id.
 * A key longer than 255 characters (the length of an external id in Salesforce) ends in the SHA-256 of the whole.
 */
export function toKey(network: Network, instance: string, id: string): Key {
  const key = `${network}:${instance}/${id}`;
  if (key.length <= LONGEST) return key;
  return `${key.slice(0, LONGEST - 65)}~${createHash("sha256").update(key).digest("hex")}`;
}
