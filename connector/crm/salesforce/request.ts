import { z } from "zod";
import { Unavailable } from "../../errors.ts";
import type { Usage } from "../budget.ts";

export interface Request {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly accessToken: string;
  /** JSON. */
  readonly body?: string;
  readonly timeoutMs: number;
  /** Told what the org says of its limit of calls, with a refusal too. */
  readonly onUsage: (usage: Usage) => void;
}

/** What Salesforce refused, by its own code, or by `ERROR_HTTP_…` where it names none. */
export class Refused extends Error {
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.name = errorCode;
    this.errorCode = errorCode;
  }
}

const RestErrors = z.array(z.object({ errorCode: z.string(), message: z.string() })).nonempty();
const API_USAGE = /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/;

/**
 * One call, never repeated by itself; its answer. Throws `Refused` where the org refuses it, `Unavailable` where no answer comes
 * in time or the answer is none of an org's, and the signal's reason.
 */
export async function send({ onUsage, ...request }: Request, signal: AbortSignal): Promise<unknown> {
  const answer = await fetchText(request, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Unavailable("Salesforce cannot be reached", { cause: error });
  });
  const usage = toUsage(answer.limits);
  if (usage !== undefined) onUsage(usage);
  if (!answer.ok) throw toRefused(answer.status, answer.text);
  const json = toJson(answer.text);
  if (json === undefined) throw new Unavailable("Something answers in Salesforce's place that is no org");
  return json;
}

async function fetchText(
  { method, url, accessToken, body, timeoutMs }: Omit<Request, "onUsage">,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    ...(body === undefined ? {} : { body }),
  });
  const { ok, status } = answer;
  return { ok, status, limits: answer.headers.get("sforce-limit-info"), text: await answer.text() };
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly limits: string | null;
}

function toRefused(status: number, text: string): Refused {
  const [first] = RestErrors.safeParse(toJson(text)).data ?? [];
  return new Refused(first?.errorCode ?? `ERROR_HTTP_${status}`, first?.message ?? `HTTP ${status}`);
}

/** undefined where it is no JSON. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function toUsage(header: string | null): Usage | undefined {
  const [, used, limit] = API_USAGE.exec(header ?? "") ?? [];
  return used === undefined || limit === undefined ? undefined : { used: Number(used), limit: Number(limit) };
}
