import type { Actor } from "../../../sandbox/org/access.ts";
import { toAccess, type profiles } from "../../../sandbox/org/access/to-access.ts";
import type { Org } from "../../../sandbox/org/index.ts";
import type { PermissionSet } from "../../../sandbox/org/metadata/index.ts";
import { dispatch, toRouter } from "../../../sandbox/org/rest/dispatch.ts";
import { openQueryCursors } from "../../../sandbox/org/rest/query-cursors.ts";
import type { Answer, OrgCore, Request } from "../../../sandbox/org/route.ts";
import { routes } from "../../../sandbox/org/routes.ts";
import { openUsage } from "../../../sandbox/org/usage.ts";

const MANY_CALLS = 1_000_000;

/** A request without its caller. */
export type Asked = Omit<Request, "actor" | "headers"> & Partial<Pick<Request, "headers">>;

/** Calls of the org's API, as if they had never been made. */
export interface Trial {
  ask(actor: Actor, asked: Asked): Answer;
  /** Whatever is done meanwhile is undone. */
  undone<T>(work: () => T): T;
}

export function openTrial(org: Org): Trial {
  const router = toRouter(routes);
  const core: OrgCore = {
    store: org.store,
    now: Date.now,
    organizationId: org.organizationId,
    cursors: openQueryCursors(),
    usage: openUsage(MANY_CALLS, Date.now),
    deliveries: openUsage(MANY_CALLS, Date.now),
    dispatch: (request) => dispatch(router, core, request),
  };
  const undone = <T>(work: () => T): T => {
    const kept: { value?: T } = {};
    const stop = new Error("undone");
    try {
      org.store.transaction(() => {
        kept.value = work();
        throw stop;
      });
    } catch (error) {
      if (error !== stop) throw error;
    }
    return kept.value as T;
  };
  return {
    undone,
    ask: (actor, asked) => undone(() => core.dispatch({ headers: {}, ...asked, actor })),
  };
}

let made = 0;

/** This user with other permissions than their own. */
export function withSets(
  actor: Actor,
  profile: (typeof profiles)[keyof typeof profiles],
  sets: readonly PermissionSet[],
): Actor {
  made += 1;
  return { ...actor, profile, access: { ...toAccess(profile, sets), fingerprint: `trial ${made}` } };
}
