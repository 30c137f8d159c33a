import { z } from "zod";
import { Misconfigured, Unavailable } from "../../errors.ts";
import type { IsoTime } from "../../model/glossary.ts";
import type { Login } from "./login/app.ts";
import { toAssertion } from "./login/assertion.ts";
import { toRefusedLogin } from "./login/refused-login.ts";

export type { Login } from "./login/app.ts";

/** What a login gives: where the org is, and by what we may act there. */
export type Grant = z.infer<typeof Grant>;

/** `id` is the address of the user we act as: it ends in the org's id and the user's. */
const Grant = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.string().optional() });
const Refusal = z.object({ error: z.string(), error_description: z.string().default("") });

const NOT_NOW = new Set([408, 420, 429]);
/** What Salesforce says, with any status, of a login that will be taken later. */
const PASSES = /retry your request|unknown_error|login rate exceeded|rate_limit/;
const PASSES_MS = 60_000;

/**
 * Logs in, until aborted. Throws `Unavailable` where there is no answer in time or none now, `Misconfigured` where the answer
 * is no, or is none of Salesforce's. Parallel calls are for the caller to join.
 */
export async function logIn(
  login: Login,
  { timeoutMs, now }: { readonly timeoutMs: number; readonly now: IsoTime },
  aborted: AbortSignal,
): Promise<Grant> {
  const url = new URL("/services/oauth2/token", login.loginUrl);
  const body = new URLSearchParams(toForm(login, now));
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), aborted]);
  const answer = await fetch(url, { method: "POST", body, signal, redirect: "error" })
    .then(async (response) => ({ status: response.status, ok: response.ok, text: await response.text() }))
    .catch((error: unknown) => {
      aborted.throwIfAborted();
      throw new Unavailable(`Salesforce cannot be reached at ${login.loginUrl}`, { cause: error });
    });
  if (answer.status >= 500 || NOT_NOW.has(answer.status))
    throw new Unavailable(`Salesforce cannot log us in now (HTTP ${answer.status})`);
  const said = toJson(answer.text);
  const grant = answer.ok ? Grant.safeParse(said).data : undefined;
  if (grant !== undefined) return grant;
  const refusal = Refusal.safeParse(said).data;
  if (PASSES.test(`${refusal?.error ?? ""} ${refusal?.error_description ?? ""}`.toLowerCase()))
    throw new Unavailable("Salesforce cannot log us in now", { retryAfterMs: PASSES_MS });
  throw new Misconfigured(`Salesforce at ${login.loginUrl} refuses the login: ${toRefusedLogin(login, refusal)}`);
}

function toForm(login: Login, now: IsoTime): Record<string, string> {
  if (!("privateKey" in login)) {
    return { grant_type: "client_credentials", client_id: login.clientId, client_secret: login.clientSecret };
  }
  return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: toAssertion(login, now) };
}

/** undefined where it is no JSON. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
