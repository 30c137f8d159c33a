import type { JetstreamEvent } from "../../../fakes/bluesky/jetstream.ts";

/** What the host is told to do, with the number that its answer bears. */
export type Order = { readonly number: number } & (
  | { readonly act: "open"; readonly network: string; readonly surroundings: Surroundings }
  | { readonly act: "settle" | "close"; readonly network: string }
);

/** Where a network finds what is not its own. */
export interface Surroundings {
  /** The port at which the world reaches its server; what comes there is passed on. */
  readonly publicPort: number;
  /** What answers for the index of posts and for the chat. */
  readonly indexUrl: string;
}

export interface Opened {
  /** The server of the accounts itself, and the directory of all accounts. */
  readonly pds: string;
  readonly plc: string;
}

/** Events come in the order of the network's stream; all up to a settling come before its answer. */
export type Word =
  | { readonly network: string; readonly event: JetstreamEvent }
  | { readonly number: number; readonly opened?: Opened }
  | { readonly number: number; readonly failed: string };

/** Of the network's moderators. */
export const ADMIN_PASSWORD = "admin";
export const CHAT_DID = "did:web:api.bsky.chat";
export const INDEX_DID = "did:web:api.bsky.app";
