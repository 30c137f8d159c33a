import type { Leave } from "../../model/leave.ts";
import { toAddress } from "../asking/request.ts";
import type { Query, Request } from "../asking/request.ts";

/** What is asked of the network. Without `post` the question only reads. */
export interface Question {
  /** As the network's lexicons name it: `app.bsky.feed.getPosts`. */
  readonly method: string;
  readonly query?: Query;
  /** What is posted, as JSON. */
  readonly post?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of what is posted: asked before it leaves. */
  readonly leave?: Leave;
}

/** To the server at `url`. */
export function toRequest(url: string, { method, query, post, headers, leave }: Question): Request {
  return { address: toAddress(url, `/xrpc/${method}`, query), json: post, headers, leave };
}
