import type { Clock } from "../../clock.ts";
import type { Ask } from "./client.ts";
import type { Profiles } from "./profiles.ts";
import type { Reader } from "./reader.ts";
import type { Perspective } from "./to-post.ts";

/** Our account's link to the network: what every part of this source works with. */
export interface Link {
  readonly ask: Ask;
  readonly us: Perspective;
  readonly read: Reader;
  readonly profiles: Profiles;
  readonly clock: Clock;
}
