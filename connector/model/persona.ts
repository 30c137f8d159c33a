import type { Key, Network } from "./glossary.ts";

/** Somebody's account on a network, as the network shows it now. */
export interface Persona {
  readonly key: Key;
  readonly network: Network;
  /** With the instance where the network has many: `anna@social.example`. Without a leading @. */
  readonly handle: string;
  /** Empty where the network tells none. */
  readonly displayName: string;
  readonly profileUrl?: string;
  readonly avatarUrl?: string;
  readonly followers?: number;
}
