import type { Request } from "express";
import type { Actor } from "../access.ts";
import { Refusal } from "../refusal.ts";
import type { Store } from "../store.ts";
import type { Sessions } from "./sessions.ts";

/** Who asks. Refuses with INVALID_SESSION_ID. */
export type Authenticate = (request: Request) => Actor;

/**
 * A bearer token, or the page's cookie `sid`. The cookie counts only beside `X-Requested-With`, which a foreign page
 * cannot send: so none can act with it.
 */
export function toAuthenticate(store: Store, sessions: Sessions): Authenticate {
  return (request) => {
    const userId = sessions.userOf(bearerOf(request) ?? cookieOf(request) ?? "");
    const actor = userId === undefined ? undefined : store.actor(userId);
    if (actor) return actor;
    throw new Refusal("INVALID_SESSION_ID", "Session expired or invalid", { status: 401 });
  };
}

/** The page's own calls do not count against the org's limit, as those of Lightning do not. */
export function isMetered(request: Request): boolean {
  return bearerOf(request) !== undefined;
}

function bearerOf(request: Request): string | undefined {
  return /^(?:Bearer|OAuth) (.+)$/i.exec(request.get("authorization") ?? "")?.[1];
}

function cookieOf(request: Request): string | undefined {
  if (request.get("x-requested-with") === undefined) return undefined;
  const value = /(?:^|;\s*)sid=([^;]+)/.exec(request.get("cookie") ?? "")?.[1];
  return value === undefined ? undefined : decodeURIComponent(value);
}
