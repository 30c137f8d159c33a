import type { Key, Network } from "./glossary.ts";

/** Our own account on a network. */
export interface Account {
  readonly key: Key;
  readonly network: Network;
  readonly handle: string;
  /** "listen-only": no reply leaves through this account. */
  readonly mode: "engage" | "listen-only";
  /** How the network counts: the longest post in characters, and what a link of any length counts as. */
  readonly textLimit: number;
  readonly urlLength: number;
}
