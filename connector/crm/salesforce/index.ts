import type { Clock } from "../../clock.ts";
import type { Draft } from "../../model/draft.ts";
import type { Page } from "../../flow/feed.ts";
import type { CrmChange } from "../../model/change.ts";
import type { Cursor, Key } from "../../model/glossary.ts";
import type { Route } from "../../model/reply.ts";
import type { Gate } from "../budget.ts";
import type { Crm } from "../crm.ts";
import { openChanges } from "./changes.ts";
import { toChores } from "./chores.ts";
import { claim } from "./claim.ts";
import { openSession } from "./connect.ts";
import { erase } from "./erase.ts";
import type { BusAddress } from "./events/bus.ts";
import { hearEvents, type EventsListener } from "./events/hear-events.ts";
import { toHints } from "./events/hints.ts";
import { examine } from "./examine.ts";
import { toFields } from "./fields.ts";
import { follow } from "./follow.ts";
import { checkHandles } from "./check-handles.ts";
import type { HandleField } from "./handles.ts";
import { inspect } from "./inspect.ts";
import { openKept } from "./kept.ts";
import type { Login } from "./login.ts";
import { recall } from "./recall.ts";
import { record } from "./record.ts";
import { refuseCopy } from "./refuse-copy.ts";
import { report } from "./report.ts";
import { nothingSaid, type SaidBefore } from "./said-before.ts";
import { openSharedWrites } from "./shared-writes.ts";
import { settle } from "./settle.ts";
import { toNextTurn, type NextTurn } from "./turn.ts";
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
  /** Where the org tells of what people did as they do it; undefined: nowhere, and only looking finds it. */
  readonly events?: BusAddress | undefined;
  /** Whom to tell of it; undefined: nobody listens. */
  readonly listener?: EventsListener | undefined;
  /** Told when what coordinators keep may have changed, and soon after the changes are first asked for. */
  readonly onSettings?: (() => void) | undefined;
  /** How long a call may take; left out: a minute. */
  readonly timeoutMs?: number | undefined;
  /** Left out: turns of this process alone, for whoever records nothing or keeps nothing. */
  readonly nextTurn?: NextTurn;
  /** Left out: nobody remembers. */
  readonly saidBefore?: SaidBefore;
  readonly routes: (draft: Draft) => readonly Route[];
  readonly clock: Clock;
  readonly budget: Gate;
}

/** However many events there are: a rep's answer follows at once, a storm of them costs no more calls than this. */
const HINTED_MS = 3000;

/** A Salesforce org as our CRM. `Misconfigured` where login, package, permissions, handle fields or the org's id are not as they must be. */
export async function openSalesforce(options: SalesforceOptions, signal: AbortSignal): Promise<Crm> {
  const { clock, budget, handles, fallbackQueue, routes } = options;
  const fields = toFields(options.namespace);
  const { login, timeoutMs, nextTurn = toNextTurn(clock), saidBefore = nothingSaid } = options;
  const opening = { login, orgId: options.orgId, now: () => clock.now(), budget, timeoutMs };
  const session = await openSession(opening, signal);
  const orgId = await readOrgId(session, signal);
  refuseCopy(options.orgId, orgId);
  let settings = await readSettings({ session, fields, orgId }, "reply", signal);
  await checkHandles(session, handles, signal);
  const queues = [fallbackQueue, ...(options.queues ?? [])];
  const { coordinator } = options;
  const sharedWrites = openSharedWrites(session, clock);
  const now = () => clock.now();
  const hints = toHints(clock);
  const sweeps = openChanges({
    ...{ session, fields, clock, hints },
    sweepMs: () => budget.pauseMs(options.sweepMs),
    onSettings: () => options.onSettings?.(),
    hintedMs: () => budget.pauseMs(Math.min(HINTED_MS, options.sweepMs)),
  });
  const looking = { session, fields, settings: () => settings, coordinator, now, nextTurn, assigned: new Set<Key>() };

  return {
    recall: (drafts, signal) => recall({ session, fields, handles }, drafts, signal),
    record: (drafts, signal) => record({ ...looking, saidBefore, sharedWrites, fallbackQueue, routes }, drafts, signal),
    erase: (posts, signal) => erase({ session, fields, saidBefore }, posts, signal),
    follow: (changes, signal) => follow({ session, fields, saidBefore }, changes, signal),
    changes,
    claim: (replies, signal) => claim(session, fields, replies, signal),
    settle: (reply, verdict, signal) => settle(session, fields, reply, verdict, signal),
    ...openKept({ session, fields, now }),
    report: (news, signal) => report(looking, news, signal),
    inspect: (post, signal) => inspect(session, fields, post, signal),
    examine: (signal) => examine({ ...looking, ...{ clock, handles, queues, orgId }, expected: options }, signal),
    chores: (signal) => toChores({ session, fields, queues }, signal),
    async settings(signal) {
      settings = await readSettings({ session, fields, orgId }, "urgent", signal);
      return settings;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };

  /** Events are heard beside, as long as somebody asks for the changes. */
  async function* changes(cursor: Cursor | undefined, signal: AbortSignal): AsyncGenerator<Page<CrmChange>> {
    const stop = new AbortController();
    const hearing = hear(AbortSignal.any([signal, stop.signal]));
    try {
      yield* sweeps(cursor, signal);
    } finally {
      stop.abort();
      await hearing;
    }
  }

  async function hear(signal: AbortSignal): Promise<void> {
    const { events: address, listener } = options;
    if (address === undefined || listener === undefined) return;
    const onHint = (): void => hints.ring();
    await hearEvents({ address, listener, session, fields, orgId, clock, onHint }, signal);
  }
}
