import { z } from "zod";
import { systemClock } from "../../clock.ts";
import { Misconfigured, Unavailable } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Gate, Urgency, Usage } from "../budget.ts";
import { isLimitExceeded, isOutage, isSessionExpired, toFailure } from "./failure.ts";
import { toInert } from "./inert.ts";
import { logIn, type Grant, type Login } from "./login.ts";
import { refuseCopy } from "./refuse-copy.ts";
import { send as sendOne, type Request } from "./request.ts";

export const API_VERSION = "66.0";
const COMPOSITE = `/services/data/v${API_VERSION}/composite`;
const TIMEOUT_MS = 60_000;

/** One part of a composite call. */
export interface Step {
  readonly ref: string;
  readonly method: "GET" | "POST" | "PATCH";
  /** Below `/services/data/vNN.N/`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface StepResult {
  readonly status: number;
  readonly body: unknown;
}

/** A session with one org. */
export interface Session {
  /** The id of the user we act as; undefined where the login does not tell. */
  readonly userId: string | undefined;
  /**
   * One API call, its steps in order, each on its own (nothing is rolled back). Waits until the budget has it. Throws
   * `Unavailable` or a bug.
   */
  composite(steps: readonly Step[], signal: AbortSignal, urgency?: Urgency): Promise<ReadonlyMap<string, StepResult>>;
  /** The next page of a query, by the address that the last one gave. */
  more(url: string, signal: AbortSignal): Promise<unknown>;
}

/** A session whose token may be used elsewhere too. */
export interface OpenSession extends Session {
  /** By what we act now: another object after each renewal. */
  readonly grant: Grant;
  /** Logs in anew, unless that was done since `stale`: all that met its end share one login. Throws `Unavailable`. */
  renew(stale: Grant, signal: AbortSignal): Promise<void>;
}

const Answer = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

/**
 * A Case that we write must not be taken from its queue or rep by an assignment rule, and what a duplicate rule merely points
 * out to people is no refusal. Steps inherit no such headers.
 */
const STEP_HEADERS = { "Sforce-Auto-Assign": "FALSE", "Sforce-Duplicate-Rule-Header": "allowSave=true" };

export interface SessionOptions {
  readonly login: Login;
  /** The one org that we may act in; undefined: whichever the first login leads to. */
  readonly orgId?: string | undefined;
  /** For a login that is signed. */
  readonly now?: () => IsoTime;
  /** Each call is taken from it, logins too. */
  readonly budget: Gate;
  /** How long a call may take, the login too: what is late is `Unavailable`. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Logs in. Throws `Misconfigured` where the org refuses that or is another one, `Unavailable` where it cannot be reached.
 * `signal`: of the whole session; aborted, it ends a login under way, the first one too.
 */
export async function openSession(
  { login, orgId, now = () => systemClock.now(), budget, timeoutMs = TIMEOUT_MS }: SessionOptions,
  signal: AbortSignal,
): Promise<OpenSession> {
  let renewal: Promise<Grant> | undefined;
  let userId: string | undefined;
  let ours = orgId;

  async function connect(): Promise<Grant> {
    // Nothing at all can be asked without it.
    await budget.take("login", "reply", signal);
    const grant = await logIn(login, { timeoutMs, now: now() }, signal);
    const [org, user] = grant.id?.split("/").slice(-2) ?? [];
    // A sandbox that was copied anew has the same address and is another org.
    refuseCopy(ours, org);
    ours ??= org;
    userId = user;
    return grant;
  }

  let grant = await connect();

  async function send({ kind, urgency, method, path, body }: Call, signal: AbortSignal): Promise<unknown> {
    await budget.take(kind, urgency, signal);
    // The session may have been renewed while the call was held.
    const { instance_url: root, access_token: accessToken } = grant;
    const url = `${root.replace(/\/$/, "")}${path}`;
    const onUsage = (usage: Usage): void => budget.told(usage);
    return await sendOne({ method, url, accessToken, timeoutMs, onUsage, ...(body && { body }) }, signal);
  }

  /** Parallel calls share one renewal; a renewed session that is refused again is not renewed without end. */
  async function renew(stale: Grant): Promise<void> {
    if (grant !== stale) return;
    renewal ??= connect().finally(() => (renewal = undefined));
    grant = await renewal;
  }

  /** While we run, a refused login waits: listening goes on, and the operator mends the secret or the app. */
  async function renewOrWait(stale: Grant, signal: AbortSignal): Promise<void> {
    await unlessAborted(renew(stale), signal).catch((error: unknown) => {
      if (error instanceof Misconfigured) throw new Unavailable(error.message, { cause: error });
      throw error;
    });
  }

  async function ask(what: Call, signal: AbortSignal): Promise<unknown> {
    const used = grant;
    try {
      return await send(what, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isSessionExpired(error)) throw toRefusal(error);
    }
    await renewOrWait(used, signal);
    try {
      return await send(what, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (isSessionExpired(error))
        throw new Unavailable("Salesforce refuses a session that it has just given", { cause: error });
      throw toRefusal(error);
    }
  }

  function toRefusal(error: unknown): Error {
    if (isLimitExceeded(error)) budget.refused();
    const failure = toFailure(error);
    if (isOutage(failure)) budget.missed(failure);
    return failure;
  }

  return {
    get userId() {
      return userId;
    },
    get grant() {
      return grant;
    },
    renew: renewOrWait,
    async composite(steps, signal, urgency = "usual") {
      const parts = {
        allOrNone: false,
        collateSubrequests: false,
        compositeRequest: steps.map(({ ref, method, path, body }) => ({
          referenceId: ref,
          method,
          url: `/services/data/v${API_VERSION}/${path}`,
          ...(body === undefined ? {} : { body, httpHeaders: STEP_HEADERS }),
        })),
      };
      const call: Call = { kind: "composite", urgency, method: "POST", path: COMPOSITE, body: toBody(parts) };
      const answer = Answer.parse(await ask(call, signal));
      return new Map(
        answer.compositeResponse.map((part) => [part.referenceId, { status: part.httpStatusCode, body: part.body }]),
      );
    },
    async more(url, signal) {
      // What has been begun is brought to its end.
      return await ask({ kind: "query", urgency: "urgent", method: "GET", path: url }, signal);
    },
  };
}

interface Call extends Pick<Request, "method" | "body"> {
  readonly kind: string;
  readonly urgency: Urgency;
  readonly path: string;
}

/** What has to be made inert, or may have to. Outside of a text nothing of it can stand. */
const ODD = /@\{|\\ud/;

/** As JSON with each text inert. Looking at each takes time, and hardly any needs it. */
function toBody(parts: object): string {
  const body = JSON.stringify(parts);
  return ODD.test(body) ? JSON.stringify(parts, inert) : body;
}

function inert(_key: string, value: unknown): unknown {
  return typeof value === "string" ? toInert(value) : value;
}

/** A renewal goes on for the others. */
async function unlessAborted<T>(call: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  return await Promise.race([call, promise]).finally(() => signal.removeEventListener("abort", abort));
}
