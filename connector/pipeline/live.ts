import type { Draft } from "../model/draft.ts";

/** Is it still on its way? */
export function isLive({ ignored, waits }: Draft): boolean {
  return ignored === undefined && waits === undefined;
}

/** Applies `change` to what is still on its way, in order; the others stay as they are. */
export function mapLive(drafts: readonly Draft[], change: (draft: Draft) => Draft): readonly Draft[] {
  return drafts.map((draft) => (isLive(draft) ? change(draft) : draft));
}
