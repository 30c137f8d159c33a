import { createRestAPIClient, createStreamingAPIClient, type mastodon } from "masto";
import { openNetwork, type Network, type NetworkOptions } from "../index.ts";
import { post } from "./ask.ts";

/** Somebody on the network, with the client they would use. */
export interface Member {
  readonly id: string;
  readonly token: string;
  readonly rest: mastodon.rest.Client;
}

/** A network that forgets, on any free port. */
export const openTestNetwork = (options: Partial<NetworkOptions> = {}): Promise<Network> =>
  openNetwork({ dir: ":memory:", port: 0, ...options });

export async function join(network: Network, handle: string): Promise<Member> {
  const { body } = await post<{ id: string; token: string }>(`${network.url}/sandbox/accounts`, {
    json: { handle, display: handle },
  });
  return { ...body, rest: createRestAPIClient({ url: network.url, accessToken: body.token }) };
}

/** Opens the member's streaming client, to be disposed. (Its own disposal is broken in masto 8.0.0.) */
export async function openStreams(network: Network, { rest, token }: Member) {
  const instance = await rest.v2.instance.fetch();
  const streaming = createStreamingAPIClient({
    streamingApiUrl: instance.configuration.urls.streaming,
    accessToken: token,
  });
  return { network, streaming, [Symbol.dispose]: () => streaming.close() };
}
