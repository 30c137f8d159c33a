import type { Request } from "express";
import { accountByToken, isSuspended } from "./grants.ts";
import { badToken, lockedOut } from "./refusal.ts";
import type { AccountRow } from "./rows.ts";
import type { State } from "./state.ts";

/** Who asks, by the bearer token; undefined for a stranger. A token that nobody has is refused, also where none is needed. */
export function askerOf(state: State, request: Request): AccountRow | undefined {
  const header = request.get("authorization");
  if (header === undefined) return undefined;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const account = token === undefined ? undefined : accountByToken(state, token);
  if (!account) throw badToken();
  if (isSuspended(state, account)) throw lockedOut();
  return account;
}

/** Who asks, where a stranger may not. */
export function signedIn(state: State, request: Request): AccountRow {
  const account = askerOf(state, request);
  if (!account) throw badToken();
  return account;
}
