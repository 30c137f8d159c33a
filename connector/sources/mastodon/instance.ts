import { Misconfigured, Unavailable } from "../../errors.ts";
import { WireInstance } from "./schema.ts";

const TIME_OUT_MS = 30_000;

export interface Instance {
  /** The name that the instance has in handles, whatever the address of its API. */
  readonly domain: string;
  readonly textLimit: number;
  readonly urlLength: number;
  readonly streamingUrl: string;
}

/**
 * What the server at `url` says of itself. Asked without the client, which hides the status of an answer that is not
 * JSON: a proxy's 502 has to be waited for, a page at the wrong address has to be told to the operator.
 */
export async function readInstance(url: string, token: string, signal: AbortSignal): Promise<Instance> {
  const response = await request(new URL("/api/v2/instance", url), token, signal);
  if (response.status === 401)
    throw new Misconfigured(`${url} refuses the token: set a valid \`token\` for this account`);
  if (response.status === 429 || response.status >= 500)
    throw new Unavailable(`${url} fails with ${response.status} when asked about itself`);
  const answer = WireInstance.safeParse(await response.json().catch(() => undefined));
  if (!response.ok || !answer.success)
    throw new Misconfigured(`${url} does not speak the Mastodon API: set \`url\` to the address of a Mastodon server`);
  const { domain, configuration } = answer.data;
  return {
    domain: domain.toLowerCase(),
    textLimit: configuration.statuses.max_characters,
    urlLength: configuration.statuses.characters_reserved_per_url,
    streamingUrl: configuration.urls.streaming ?? url.replace(/^http/, "ws"),
  };
}

async function request(address: URL, token: string, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, {
      headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_OUT_MS)]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new Unavailable(`${address.origin} cannot be reached`, { cause: error });
  }
}
