import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Draft } from "../../model/draft.ts";
import type { Key } from "../../model/glossary.ts";
import type { Route } from "../../model/reply.ts";
import type { Gate } from "../budget.ts";
import type { Crm } from "../crm.ts";
import { openChanges } from "./changes.ts";
import { claim } from "./claim.ts";
import { openSession } from "./connect.ts";
import { erase } from "./erase.ts";
import { examine } from "./examine.ts";
import { toFields } from "./fields.ts";
import { follow } from "./follow.ts";
import { checkHandles } from "./check-handles.ts";
import type { HandleField } from "./handles.ts";
import { inspect } from "./inspect.ts";
import type { Login } from "./login.ts";
import { recall } from "./recall.ts";
import { record } from "./record.ts";
import { report } from "./report.ts";
import { openSharedWrites } from "./shared-writes.ts";
import { settle } from "./settle.ts";
import { readOrgId, readSettings } from "./settings.ts";

export interface SalesforceOptions {
  readonly login: Login;
  readonly namespace: string;
  /** The one org that we may publish for; undefined: any (a copy of the org would send its replies too). */
  readonly orgId: string | undefined;
  readonly handles: readonly HandleField[];
  readonly fallbackQueue: string;
  /** The other queues that Cases may go to, by developer name. */
  readonly queues?: readonly string[];
  /** Who gets Tasks when somebody has to act: a queue's developer name or a username; left out: the connector's own user. */
  readonly coordinator?: string | undefined;
  /** How often people's changes are looked for, as long as there are plenty of calls. */
  readonly sweepMs: number;
  /** How long a call may take; left out: a minute. */
  readonly timeoutMs?: number | undefined;
  readonly routes: (draft: Draft) => readonly Route[];
  readonly clock: Clock;
  readonly budget: Gate;
}

/** A Salesforce org as our CRM. `Misconfigured` where login, package, permissions, handle fields or the org's id are not as they must be. */
export async function openSalesforce(options: SalesforceOptions, signal: AbortSignal): Promise<Crm> {
  const { clock, budget, handles, fallbackQueue, routes } = options;
  const fields = toFields(options.namespace);
  const session = await openSession({ login: options.login, budget, timeoutMs: options.timeoutMs }, signal);
  const orgId = await readOrgId(session, signal);
  refuseCopy(options.orgId, orgId);
  let settings = await readSettings({ session, fields, orgId }, "reply", signal);
  await checkHandles(session, handles, signal);
  const queues = [fallbackQueue, ...(options.queues ?? [])];
  const { coordinator } = options;
  const sharedWrites = openSharedWrites(session, clock);
  const looking = { session, fields, settings: () => settings, coordinator, assigned: new Set<Key>() };

  return {
    recall: (drafts, signal) => recall({ session, fields, handles }, drafts, signal),
    record: (drafts, signal) =>
      record(
        { session, sharedWrites, fields, settings: () => settings, fallbackQueue, routes, now: () => clock.now() },
        drafts,
        signal,
      ),
    erase: (posts, signal) => erase(session, fields, posts, signal),
    follow: (changes, signal) => follow({ session, fields }, changes, signal),
    changes: openChanges({ session, fields, clock, sweepMs: () => budget.pauseMs(options.sweepMs) }),
    claim: (replies, signal) => claim(session, fields, replies, signal),
    settle: (reply, verdict, signal) => settle(session, fields, reply, verdict, signal),
    report: (news, signal) => report(looking, news, signal),
    inspect: (post, signal) => inspect(session, fields, post, signal),
    examine: (signal) => examine({ ...looking, clock, handles, loginUrl: options.login.loginUrl, queues }, signal),
    async settings(signal) {
      settings = await readSettings({ session, fields, orgId }, "urgent", signal);
      return settings;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A full copy of an org holds copies of its queued replies: they must not be sent a second time. */
function refuseCopy(expected: string | undefined, orgId: string): void {
  if (expected === undefined || orgId.startsWith(expected.slice(0, 15))) return;
  throw new Misconfigured(
    `This is org ${orgId}, but salesforce.orgId names ${expected}: a copy of an org must not send the replies of the original. ` +
      `Set salesforce.orgId to the org that this connector serves`,
  );
}
