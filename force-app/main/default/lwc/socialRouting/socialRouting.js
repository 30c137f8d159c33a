import { fill } from "c/socialWords";
import privateOnly from "@salesforce/label/c.Social_Private_Only";
import privateBarred from "@salesforce/label/c.Social_Private_Barred";
import privateRoute from "@salesforce/label/c.Social_Private_Route";
import publicRoute from "@salesforce/label/c.Social_Public_Route";
import routeClosed from "@salesforce/label/c.Social_Route_Closed";
import routeUntil from "@salesforce/label/c.Social_Route_Until";

/** As Route__c spells them. */
export const PUBLIC = "Public reply";
export const PRIVATE = "Private message";

const KINDS = [
  { kind: PUBLIC, label: publicRoute, isPrivate: false },
  { kind: PRIVATE, label: privateRoute, isPrivate: true },
];

/**
 * The ways a post may be answered now, with the reason where one is blocked. A private post is never answered in public,
 * whatever the network would allow, and private words are written only by those who may.
 *
 * @param {{ isPrivate: boolean, routesJson?: string }} target
 * @param {{ mayWritePrivate: boolean, nowMs: number }} writer
 * @returns {{ kind: string, label: string, isPrivate: boolean, blocked?: string, note?: string }[]}
 */
export function routesOf({ isPrivate, routesJson }, { mayWritePrivate, nowMs }) {
  const known = parse(routesJson);
  return KINDS.map((kind) => {
    const route = known.find((candidate) => candidate.kind === kind.kind);
    const untilMs = route?.until ? Date.parse(route.until) : undefined;
    return {
      ...kind,
      blocked:
        forbid(kind, { isPrivate, mayWritePrivate }) ?? route?.blocked ?? (untilMs <= nowMs ? routeClosed : undefined),
      note: untilMs > nowMs ? fill(routeUntil, new Date(untilMs).toLocaleString()) : undefined,
    };
  });
}

/**
 * The route to begin with: as the post was said, if that is open. It never turns private words public by itself.
 *
 * @param {object[]} routes of `routesOf`
 * @param {boolean} isPrivate whether only a private way will do
 * @returns {string | undefined} undefined: the user has to choose
 */
export function defaultRoute(routes, isPrivate) {
  const open = routes.filter((route) => !route.blocked && (route.isPrivate || !isPrivate));
  return open[0]?.kind;
}

/** Why we, not the network, do not allow it. */
function forbid(kind, { isPrivate, mayWritePrivate }) {
  if (kind.isPrivate) return mayWritePrivate ? undefined : privateBarred;
  return isPrivate ? privateOnly : undefined;
}

function parse(json) {
  try {
    const routes = JSON.parse(json);
    return Array.isArray(routes) ? routes : [];
  } catch {
    return [];
  }
}
