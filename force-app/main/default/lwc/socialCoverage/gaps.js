import { toSpan } from "c/socialSpan";
import { fill } from "c/socialWords";
import labels from "./labels";

const CAUSES = {
  unreachable: labels.causeUnreachable,
  "stream dropped": labels.causeStream,
  "webhook silent": labels.causeWebhook,
  "token refused": labels.causeToken,
  "rate limit": labels.causeLimit,
  "disk nearly full": labels.causeDisk,
  "connector stopped": labels.causeStopped,
  "not given": labels.causeNotGiven,
};

/**
 * The gaps in Coverage__c, the open ones first, else as the connector wrote them: newest first.
 *
 * @param {string | null | undefined} json what cannot be read holds no gap
 */
export function toGaps(json) {
  return [...parse(json)]
    .filter((gap) => gap && gap.from)
    .sort((a, b) => Number(Boolean(a.closedAt)) - Number(Boolean(b.closedAt)))
    .map((gap) => {
      const [fromMs, toMs] = [Date.parse(gap.from), gap.to ? Date.parse(gap.to) : undefined];
      return {
        key: `${gap.feed} ${gap.from} ${gap.cause}`,
        isOpen: !gap.closedAt,
        state: gap.closedAt ? labels.closed : labels.open,
        className: gap.closedAt ? "gap" : "gap gap_open",
        cause: CAUSES[gap.cause] ?? gap.cause,
        feed: gap.feed,
        detail: gap.detail,
        fromMs,
        span: toMs === undefined ? labels.growing : fill(labels.lasted, toSpan(Math.max(0, toMs - fromMs))),
        brought: gap.closedAt ? fill(labels.brought, gap.brought ?? 0) : undefined,
      };
    });
}

function parse(json) {
  try {
    const gaps = JSON.parse(json);
    return Array.isArray(gaps) ? gaps : [];
  } catch {
    return [];
  }
}
