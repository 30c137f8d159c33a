import { BROWSER, recall, remember } from "c/socialMemory";
import userId from "@salesforce/user/Id";

/**
 * Until when this user has seen a record, in the org's time, so that the clocks of two machines need not agree. Only what the
 * record's own people say can be new.
 *
 * @param {string} recordId
 */
export function openLook(recordId) {
  const key = `earshot.look.${userId}.${recordId}`;
  const rememberedMs = recall(BROWSER, key);
  const seen = new Set();
  let untilMs = Number.isFinite(rememberedMs) ? rememberedMs : undefined;
  let newestMs;

  return {
    /** Where nothing is remembered, the first time that is known counts. */
    assume(ms) {
      untilMs ??= ms;
    },
    /**
     * Takes in all that is there now; answers what arrived since the last time, which at first is nothing: who opens a record
     * looks at it.
     */
    hear(items) {
      const theirs = items.filter(isTheirs);
      const isFirst = newestMs === undefined;
      const fresh = isFirst ? [] : theirs.filter((item) => item.arrivedMs > newestMs);
      newestMs = Math.max(newestMs ?? 0, ...theirs.map((item) => item.arrivedMs));
      untilMs ??= newestMs;
      if (isFirst && document.visibilityState !== "hidden") remember(BROWSER, key, newestMs);
      return fresh;
    },
    isNew: (item) => isTheirs(item) && item.arrivedMs > (untilMs ?? Infinity) && !seen.has(item.id),
    /** The user turned to this item. Next time all that is there now counts as seen. */
    see(itemId) {
      seen.add(itemId);
      remember(BROWSER, key, newestMs);
    },
  };
}

function isTheirs(item) {
  return !item.isOutbound && !item.isContext;
}
