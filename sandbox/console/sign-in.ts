import type { Request, Response } from "express";
import type { Actor } from "../org/access.ts";
import type { Store } from "../org/store.ts";

const DEFAULT_USER = "rita@nordwind.example";

/** What the console needs of an org. */
export interface ConsoleOrg {
  readonly store: Store;
  tokenFor(username: string): string;
}

/**
 * Signs the browser in as the sandbox's user that it asks for (`?user=sam`, or the whole username), had before, or as
 * Rita. Anyone may be anyone here; the session itself is a real one, in a cookie that scripts cannot read.
 */
export function signIn(org: ConsoleOrg, request: Request, response: Response): Actor {
  const asked = typeof request.query["user"] === "string" ? request.query["user"] : undefined;
  const before = cookies(request).get("earshot_user");
  const names = [asked, asked && `${asked}@nordwind.example`, before, DEFAULT_USER].filter(
    (name) => name !== undefined,
  );
  const actor =
    names.map((name) => org.store.actor(name)).find((found) => found !== undefined) ?? org.store.actors()[0];
  if (actor === undefined) throw new Error("The org has no user to sign in.");
  const options = { httpOnly: true, sameSite: "lax", path: "/" } as const;
  response.cookie("earshot_user", actor.username, options);
  response.cookie("sid", org.tokenFor(actor.username), options);
  return actor;
}

function cookies({ headers }: Request): ReadonlyMap<string, string> {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  return new Map(pairs.map(([name = "", ...rest]) => [name, decodeURIComponent(rest.join("="))]));
}
