import type { Draft } from "../model/draft.ts";

/** One step of the pipeline. */
export interface Stage {
  readonly name: string;
  /**
   * Same length, same order. Never drops: sets `ignored` or `waits` to the reason, and leaves such a draft alone.
   * One post's outcome is the same however the batch was cut.
   */
  apply(drafts: readonly Draft[], signal: AbortSignal): Promise<readonly Draft[]>;
}
