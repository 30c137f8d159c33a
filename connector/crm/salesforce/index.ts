import type { Clock } from "../../clock.ts";
import { Misconfigured } from "../../errors.ts";
import type { Draft } from "../../model/draft.ts";
import type { Route } from "../../model/reply.ts";
import type { OrgSettings } from "../../model/settings.ts";
import type { Crm } from "../crm.ts";
import { openChanges } from "./changes.ts";
import { claim } from "./claim.ts";
import { openSession, type OnCall } from "./connect.ts";
import { erase } from "./erase.ts";
import { toFields } from "./fields.ts";
import { checkHandles } from "./check-handles.ts";
import type { HandleField } from "./handles.ts";
import type { Login } from "./login.ts";
import { recall } from "./recall.ts";
import { record } from "./record.ts";
import { report } from "./report.ts";
import { settle } from "./settle.ts";
import { readSettings } from "./settings.ts";

export interface SalesforceOptions {
  readonly login: Login;
  readonly namespace: string;
  /** The one org that we may publish for; undefined: any (a copy of the org would send its replies too). */
  readonly orgId: string | undefined;
  readonly handles: readonly HandleField[];
  readonly fallbackQueue: string;
  readonly sweepMs: number;
  readonly routes: (draft: Draft) => readonly Route[];
  readonly clock: Clock;
  readonly onCall: OnCall;
}

/** A Salesforce org as our CRM. `Misconfigured` where login, package, permissions, handle fields or the org's id are not as they must be. */
export async function openSalesforce(options: SalesforceOptions, signal: AbortSignal): Promise<Crm> {
  const { clock, handles, fallbackQueue, sweepMs, routes } = options;
  const fields = toFields(options.namespace);
  const session = await openSession({ login: options.login, onCall: options.onCall }, signal);
  let settings = await readSettings(session, fields, signal);
  await checkHandles(session, handles, signal);
  refuseCopy(options.orgId, settings);

  return {
    recall: (drafts, signal) => recall({ session, fields, handles }, drafts, signal),
    record: (drafts, signal) =>
      record({ session, fields, settings: () => settings, fallbackQueue, routes }, drafts, signal),
    erase: (posts, signal) => erase(session, fields, posts, signal),
    changes: openChanges({ session, fields, clock, sweepMs }),
    claim: (replies, signal) => claim(session, fields, replies, signal),
    settle: (reply, verdict, signal) => settle(session, fields, reply, verdict, signal),
    report: (news, signal) => report(session, fields, news, signal),
    async settings(signal) {
      settings = await readSettings(session, fields, signal);
      return settings;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** A full copy of an org holds copies of its queued replies: they must not be sent a second time. */
function refuseCopy(expected: string | undefined, { orgId }: OrgSettings): void {
  if (expected === undefined || orgId.startsWith(expected.slice(0, 15))) return;
  throw new Misconfigured(
    `This is org ${orgId}, but salesforce.orgId names ${expected}: a copy of an org must not send the replies of the original. ` +
      `Set salesforce.orgId to the org that this connector serves`,
  );
}
