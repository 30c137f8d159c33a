import { Disconnected, Misconfigured } from "../../errors.ts";
import { Declined, Unreadable } from "../asking/declined.ts";
import type { Ask } from "./client.ts";
import { WireInstance } from "./schema.ts";

export interface Instance {
  /** The name that the instance has in handles, whatever the address of its API. */
  readonly domain: string;
  readonly textLimit: number;
  readonly urlLength: number;
  readonly streamingUrl: string;
}

/**
 * What the server at `url` says of itself. A proxy's 502 has to be waited for; a page at the wrong address, or a token that
 * is refused, has to be told to the operator.
 */
export async function readInstance(url: string, ask: Ask, signal: AbortSignal): Promise<Instance> {
  const answer = WireInstance.safeParse(await ask(signal, { path: "/api/v2/instance" }).catch(toRemedy(url)));
  if (!answer.success) throw toWrongAddress(url);
  const { domain, configuration } = answer.data;
  return {
    domain: domain.toLowerCase(),
    textLimit: configuration.statuses.max_characters,
    urlLength: configuration.statuses.characters_reserved_per_url,
    streamingUrl: configuration.urls.streaming ?? url.replace(/^http/, "ws"),
  };
}

function toRemedy(url: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Disconnected)
      throw new Misconfigured(`${error.message} at ${url}. ${error.remedy}`, { cause: error });
    if (error instanceof Declined || error instanceof Unreadable) throw toWrongAddress(url);
    throw error;
  };
}

function toWrongAddress(url: string): Misconfigured {
  return new Misconfigured(`${url} does not speak the Mastodon API: set \`url\` to the address of a Mastodon server`);
}
