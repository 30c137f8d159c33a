import type { Actor } from "../../org/access.ts";
import type { Store } from "../../org/store.ts";
import type { SessionAnswer } from "../contract.ts";

export function toSession(store: Store, actor: Actor): SessionAnswer {
  return {
    userId: actor.id,
    username: actor.username,
    name: actor.name,
    isAdmin: actor.profile === "System Administrator",
    customPermissions: [...actor.access.permissions].sort(),
    users: store.actors().map(({ username, name, profile }) => ({ username, name, profile })),
  };
}
