import { BROWSER, recall, remember } from "c/socialMemory";
import userId from "@salesforce/user/Id";

/**
 * Until when this user has seen a record, in the org's time, so that the clocks of two machines need not agree.
 *
 * @param {string} recordId
 */
export function openLook(recordId) {
  const key = `earshot.look.${userId}.${recordId}`;
  const rememberedMs = recall(BROWSER, key);
  const seen = new Set();
  let untilMs = Number.isFinite(rememberedMs) ? rememberedMs : undefined;

  return {
    /** Where nothing is remembered, the first that is known counts: the record's last view, else what stood there at first. */
    assume(ms) {
      untilMs ??= ms;
    },
    isNew: (item) =>
      !item.isOutbound && !item.isContext && item.arrivedMs > (untilMs ?? Infinity) && !seen.has(item.id),
    /** The user turned to this item; next time all that arrived up to `newestMs` counts as seen. */
    see(itemId, newestMs) {
      seen.add(itemId);
      remember(BROWSER, key, newestMs);
    },
  };
}
