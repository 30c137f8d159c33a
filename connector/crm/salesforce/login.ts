import { z } from "zod";
import { Misconfigured, Unavailable } from "../../errors.ts";

export interface Login {
  /** `https://login.salesforce.com`, a My Domain, or the sandbox org. */
  readonly loginUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a login gives: where the org is, and by what we may act there. */
export type Grant = z.infer<typeof Grant>;

/** `id` is the address of the user we act as: it ends in the user's id. */
const Grant = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.string().optional() });

const NOT_NOW = new Set([408, 420, 429]);

/**
 * Logs in by client credentials, until aborted. Throws `Unavailable` where there is no answer in time or none now, `Misconfigured` where
 * the answer is no, or is none of Salesforce's.
 */
export async function logIn(login: Login, timeoutMs: number, aborted: AbortSignal): Promise<Grant> {
  const url = new URL("/services/oauth2/token", login.loginUrl);
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: login.clientId,
    client_secret: login.clientSecret,
  });
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), aborted]);
  const answer = await fetch(url, { method: "POST", body, signal, redirect: "error" })
    .then(async (response) => ({ status: response.status, ok: response.ok, text: await response.text() }))
    .catch((error: unknown) => {
      aborted.throwIfAborted();
      throw new Unavailable(`Salesforce cannot be reached at ${login.loginUrl}`, { cause: error });
    });
  if (answer.status >= 500 || NOT_NOW.has(answer.status))
    throw new Unavailable(`Salesforce cannot log us in now (HTTP ${answer.status})`);
  const grant = answer.ok ? toGrant(answer.text) : undefined;
  if (grant !== undefined) return grant;
  throw new Misconfigured(
    `Salesforce at ${login.loginUrl} refuses the login: check salesforce.loginUrl, EARSHOT_SALESFORCE_CLIENT_ID and ` +
      `EARSHOT_SALESFORCE_CLIENT_SECRET, and that the External Client App allows the client credentials flow`,
  );
}

function toGrant(text: string): Grant | undefined {
  try {
    return Grant.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
