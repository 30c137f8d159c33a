import { Disconnected, Misconfigured } from "../../errors.ts";
import type { Account } from "../../model/account.ts";
import { Declined, Unreadable } from "../asking/declined.ts";
import type { Ask } from "./client.ts";
import { readIdentity, toIdentity } from "./did-document.ts";
import { NETWORK, toPersonaKey } from "./keys.ts";
import { WireSession } from "./schema.ts";
import { toLockedOut } from "./session.ts";
import type { Access } from "./session.ts";

/** What a reader sees as one character counts one. */
export const TEXT_LIMIT = 300;

export interface Us {
  readonly account: Account;
  readonly ourDid: string;
  /** The server that holds our account: all but the session is asked there. */
  readonly server: string;
}

/**
 * Whose session it is, and where the account is held. `Misconfigured` when the network does not take the password or is none.
 */
export async function identifyUs(
  ask: Ask,
  options: Access & { readonly plc: string; readonly mode: Account["mode"] },
  signal: AbortSignal,
): Promise<Us> {
  const { did, handle, didDoc, active, status } = await readSession(ask, options, signal);
  if (active === false) throw toMisconfigured(toLockedOut(status), options);
  const identity = toIdentity(didDoc) ?? (await readIdentity(did, options.plc, signal));
  const account: Account = {
    key: toPersonaKey(did),
    network: NETWORK,
    handle,
    mode: options.mode,
    textLimit: TEXT_LIMIT,
    // Links count as they are written.
    urlLength: 0,
  };
  return { account, ourDid: did, server: identity?.server ?? options.service };
}

async function readSession(ask: Ask, options: Access, signal: AbortSignal): Promise<WireSession> {
  try {
    const session = WireSession.safeParse(await ask(signal, { method: "com.atproto.server.getSession" }));
    if (session.success) return session.data;
  } catch (error) {
    if (error instanceof Disconnected) throw toMisconfigured(error, options);
    if (!(error instanceof Declined || error instanceof Unreadable)) throw error;
    // A session that still stands of an account that was taken down: the server finds nobody behind it.
    if (error instanceof Declined && error.error === "InvalidRequest") throw toMisconfigured(toLockedOut(), options);
  }
  throw new Misconfigured(
    `${options.service} is no Bluesky server: set \`service\` to the address of yours, or leave it out for https://bsky.social`,
  );
}

function toMisconfigured(error: Disconnected, { service }: Access): Misconfigured {
  return new Misconfigured(`${error.message} at ${service}. ${error.remedy}`, { cause: error });
}
