import type { Post } from "../../connector/model/post.ts";
import type { Loop } from "./loop.ts";
import type { Model } from "./model.ts";
import type { ServedOrg } from "./served-org.ts";

export const PEOPLE = ["anna", "ben", "carl"] as const;
export type Someone = (typeof PEOPLE)[number];

/** One run: the org, the loop and the model of both, side by side. */
export interface Scene {
  readonly org: ServedOrg;
  readonly loop: Loop;
  readonly model: Model;
  /** In every name, so that no two runs meet. */
  readonly run: string;
  readonly now: () => number;
  readonly pass: (ms: number) => void;
  /** The posts as the network has them now. */
  readonly said: Map<string, Post>;
  /** Contacts to choose from, and carl's Lead. */
  readonly contacts: readonly string[];
  readonly lead: string;
}

/** Done to the scene and to its model at once. `n` chooses among what there is; where there is nothing, nothing happens. */
export type Deed = (scene: Scene, by: Someone, n: number) => Promise<void>;

export function choose<T>(some: readonly T[], n: number): T | undefined {
  return some[n % Math.max(1, some.length)];
}
