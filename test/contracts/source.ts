import { followingContract } from "./source/following.ts";
import { hearingContract } from "./source/hearing.ts";
import { lockedOutContract } from "./source/locked-out.ts";
import { publishingContract } from "./source/publishing.ts";
import { recheckingContract } from "./source/rechecking.ts";
import { toPromising, WITH_LISTS } from "./source/scene.ts";
import type { Ways, World } from "./source/scene.ts";

/** What every source promises. `name`: how people name us in a text. */
export function sourceContract(openWorld: () => Promise<World>, name: string, ways: Ways = WITH_LISTS): void {
  const promise = toPromising(openWorld, ways);
  followingContract(promise, name, ways);
  hearingContract(promise, name);
  recheckingContract(promise, name);
  publishingContract(promise, name);
  lockedOutContract(promise, name);
}
