import type { Leave } from "../../model/leave.ts";
import { toAddress } from "../asking/request.ts";
import type { Query, Request } from "../asking/request.ts";

/** What is asked of the network: a path of its API, such as `/api/v1/statuses/7`. */
export interface Question {
  readonly path: string;
  readonly query?: Query;
  /** What is posted, as a form; without it the question only reads. */
  readonly post?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of what is posted: asked before it leaves. */
  readonly leave?: Leave;
}

/** To the server at `url`. A list becomes `name[]`. */
export function toRequest(url: string, { path, query, post, headers, leave }: Question): Request {
  return { address: toAddress(url, path, query, (name) => `${name}[]`), form: post, headers, leave };
}
