import { Unavailable } from "../../errors.ts";

const TIME_OUT_MS = 30_000;

/** What is asked of the network. Without `post` the question only reads. */
export interface Question {
  /** As the network's lexicons name it: `app.bsky.feed.getPosts`. */
  readonly method: string;
  /** A list becomes the name once for each of its values. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** What is posted, as JSON. */
  readonly post?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined: it was no JSON. */
  readonly body: unknown;
}

/**
 * One question to the server at `url`, whatever it answers. Throws `Unavailable` when no whole answer comes, and the signal's
 * reason when aborted.
 */
export async function request(
  url: string,
  { method, query = {}, post, headers }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const address = new URL(`/xrpc/${method}`, url);
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      address.searchParams.append(name, String(one));
  const posting =
    post === undefined
      ? { headers: { Accept: "application/json", ...headers } }
      : {
          method: "POST",
          headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
          body: JSON.stringify(post),
        };
  return await fetchJson(address, posting, signal);
}

/** The same for any address. */
export async function fetchJson(address: URL, asking: RequestInit, signal: AbortSignal): Promise<Answer> {
  try {
    const answer = await fetch(address, {
      ...asking,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_OUT_MS)]),
    });
    return { status: answer.status, headers: answer.headers, body: toJson(await answer.text()) };
  } catch (error) {
    signal.throwIfAborted();
    throw new Unavailable(`${address.origin} cannot be reached`, { cause: error });
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
