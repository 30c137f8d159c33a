import type { Actor } from "../../org/access.ts";
import type { Store } from "../../org/store.ts";
import type { SessionAnswer } from "../contract.ts";

/** Who somebody is, and who else there is to be: programs that only use the API do not sign in to a page. */
export function toSession(store: Store, actor: Actor): SessionAnswer {
  return {
    userId: actor.id,
    username: actor.username,
    name: actor.name,
    isAdmin: actor.profile === "System Administrator",
    customPermissions: [...actor.access.permissions].sort(),
    users: store
      .actors()
      .filter(({ profile }) => !profile.includes("API Only"))
      .map(({ username, name, profile }) => ({ username, name, profile })),
  };
}
