import type { Clock } from "../../../clock.ts";
import { Unavailable } from "../../../errors.ts";
import { waitOut } from "../../../flow/retry.ts";
import type { OpenSession } from "../connect.ts";
import type { Fields } from "../fields.ts";
import type { Grant } from "../login.ts";
import { openBus, type Bus, type BusAddress, type BusEvent } from "./bus.ts";
import { NoEvents, ReplayLost, TokenRefused, toNoTopic } from "./failure.ts";
import { openPlace, type KeptPlace, type Place } from "./place.ts";
import { toReadEvent, toWorth, type ReadEvent, type Worth } from "./read-event.ts";
import { watchSilence } from "./silence.ts";

/** How hearing events fares. "refused": somebody has to mend something; it is tried again by itself all the same. */
export interface EventsState {
  readonly state: "connecting" | "connected" | "waiting" | "refused";
  readonly detail: string;
  /** What to do; empty where nothing is to be done. */
  readonly remedy: string;
}

/** Who wants to be told, and what survives a restart. */
export interface EventsListener extends KeptPlace {
  readonly onState: (state: EventsState, cause?: unknown) => void;
  readonly onEvent?: (worth: Worth) => void;
}

export interface EventsOptions {
  readonly address: BusAddress;
  readonly session: OpenSession;
  readonly fields: Fields;
  readonly orgId: string;
  readonly clock: Clock;
  readonly listener: EventsListener;
  /** A look is worth it. */
  readonly onHint: () => void;
}

/** The service tells at the latest every 270 seconds that it is there. */
const SILENT_MS = 300_000;
/** By then a subscription from now on stands: what happened before it may have been missed. */
const STANDS_MS = 5000;
/** A stream that stood so long was a good one. */
const GOOD_MS = 60_000;
const REFUSED_MS = 15 * 60_000;

/**
 * Hears of replies that people wrote or decided on, until aborted, and says when a look is worth it. A hint and no more: what
 * is missed here, the looks find. Never fails: what goes wrong is told and tried again. Nothing of a reply's words is read.
 */
export async function hearEvents(options: EventsOptions, signal: AbortSignal): Promise<void> {
  try {
    await hearWithoutEnd(options, signal);
  } catch (error) {
    const { message, remedy } = toUnforeseen(error);
    options.listener.onState({ state: "refused", detail: message, remedy }, error);
  }
}

async function hearWithoutEnd(options: EventsOptions, signal: AbortSignal): Promise<void> {
  const { clock, listener, session } = options;
  const place = await openPlace(listener, clock);
  const schemas = new Map<string, ReadEvent>();
  const tell = (state: EventsState["state"], told?: Unavailable): void => {
    const remedy = told instanceof NoEvents ? told.remedy : "";
    listener.onState({ state, detail: told?.message ?? "", remedy }, told);
  };
  tell("connecting");
  let failures = 0;
  let isJustGiven = false;
  for (;;) {
    const { grant } = session;
    const sinceMs = clock.monotonicMs();
    const error = await hearOnce({ ...options, place, schemas, grant, tell }, signal).catch((error: unknown) => error);
    if (signal.aborted) break;
    const lasted = clock.monotonicMs() - sinceMs >= GOOD_MS;
    failures = lasted ? 1 : failures + 1;
    if (error instanceof ReplayLost && place.replayId !== undefined) {
      await place.moveTo(undefined);
      continue;
    }
    const mayRenew: boolean = error instanceof TokenRefused && (lasted || !isJustGiven);
    const trouble: Unavailable | undefined = mayRenew ? await renew(session, grant, signal) : toTrouble(error);
    isJustGiven = mayRenew && trouble === undefined;
    if (trouble === undefined) continue;
    tell(trouble instanceof NoEvents ? "refused" : "waiting", trouble);
    if (trouble instanceof NoEvents) await standBack(trouble, place, { clock, signal });
    else await waitOut(trouble, { clock, signal, failures, onWait: undefined });
  }
  await place.rest();
}

interface Stream extends EventsOptions {
  readonly place: Place;
  /** How to read events, by the id of their schema. */
  readonly schemas: Map<string, ReadEvent>;
  readonly grant: Grant;
  readonly tell: (state: EventsState["state"]) => void;
}

/** One connection, until it breaks. */
async function hearOnce(stream: Stream, aborted: AbortSignal): Promise<never> {
  const { address, grant, orgId, fields, clock, place, tell, onHint, listener, session } = stream;
  const topic = `/data/${fields.reply.event}`;
  using bus = await openBus({ ...address, grant, orgId, topic });
  if (!(await bus.canSubscribe(aborted))) throw toNoTopic(topic);
  using silence = watchSilence(clock, SILENT_MS);
  const over = new AbortController();
  const signal = AbortSignal.any([aborted, silence.signal, over.signal]);
  try {
    const isFromNow = place.replayId === undefined;
    void clock.sleep(STANDS_MS, signal).then(() => {
      if (signal.aborted) return;
      tell("connected");
      if (isFromNow) onHint();
    });
    for await (const { events, replayId } of bus.subscribe(place.replayId, signal)) {
      silence.came();
      tell("connected");
      const worths = await readAll(stream, { bus, events, userId: session.userId }, signal);
      worths.forEach((worth) => listener.onEvent?.(worth));
      // Those who hang on it look again at every start: a place may be kept before they have looked.
      if (worths.includes("waking")) onHint();
      await place.moveTo(replayId);
    }
    throw new Unavailable("Salesforce's event service ended the subscription");
  } finally {
    over.abort();
  }
}

interface Heard {
  readonly bus: Bus;
  readonly events: readonly BusEvent[];
  readonly userId: string | undefined;
}

async function readAll(
  { schemas, fields }: Stream,
  { bus, events, userId }: Heard,
  signal: AbortSignal,
): Promise<readonly Worth[]> {
  const worths: Worth[] = [];
  for (const { schemaId, payload } of events) {
    const read = schemas.get(schemaId) ?? (await toReader(await bus.schema(schemaId, signal), fields));
    schemas.set(schemaId, read);
    worths.push(toWorth(read(payload), userId));
  }
  return worths;
}

/** A schema that we cannot make out: each event of it is worth a look. */
async function toReader(schema: string, fields: Fields): Promise<ReadEvent> {
  return await toReadEvent(schema, fields).catch((): ReadEvent => () => undefined);
}

/** Once, for all whose token it is. What keeps us from it; undefined: nothing. */
async function renew(session: OpenSession, stale: Grant, signal: AbortSignal): Promise<Unavailable | undefined> {
  try {
    await session.renew(stale, signal);
    return undefined;
  } catch (error) {
    return toTrouble(error);
  }
}

function toTrouble(error: unknown): Unavailable {
  if (error instanceof Unavailable) return error;
  if (error instanceof TokenRefused) {
    return new NoEvents("Salesforce's event service refuses a session that the org has just given", {
      forMs: REFUSED_MS,
      remedy: "Check that the External Client App has the scope api, and that salesforce.events.endpoint is the org's.",
      cause: error,
    });
  }
  return toUnforeseen(error);
}

function toUnforeseen(cause: unknown): NoEvents {
  return new NoEvents("Hearing events failed in an unforeseen way", {
    forMs: REFUSED_MS,
    remedy: "Report it, with the log; replies are found by looking.",
    cause,
  });
}

/** What happened meanwhile, looks will have found: it need not be delivered, and counted, later. */
async function standBack(
  { forMs }: NoEvents,
  place: Place,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  await place.moveTo(undefined);
  await clock.sleep(forMs, signal);
}
