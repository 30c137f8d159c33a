import { followingContract } from "./source/following.ts";
import { hearingContract } from "./source/hearing.ts";
import { lockedOutContract } from "./source/locked-out.ts";
import { publishingContract } from "./source/publishing.ts";
import { recheckingContract } from "./source/rechecking.ts";
import { toPromising } from "./source/scene.ts";
import type { World } from "./source/scene.ts";

/** What every source promises. `name`: how people name us in a text. */
export function sourceContract(openWorld: () => Promise<World>, name: string): void {
  const promise = toPromising(openWorld);
  followingContract(promise, name);
  hearingContract(promise, name);
  recheckingContract(promise, name);
  publishingContract(promise, name);
  lockedOutContract(promise, name);
}
