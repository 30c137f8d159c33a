import { Unavailable } from "../../errors.ts";

const TIME_OUT_MS = 30_000;

/** What is asked of the network: a path of its API, such as `/api/v1/statuses/7`. */
export interface Question {
  readonly path: string;
  /** A list becomes `name[]` once for each of its values. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** What is posted, as a form; without it the question only reads. */
  readonly post?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined: it was no JSON. */
  readonly body: unknown;
}

/**
 * One request to the server at `url`, whatever it answers. Throws `Unavailable` when no whole answer comes, and the signal's
 * reason when aborted.
 */
export async function request(
  url: string,
  { path, query = {}, post, headers }: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const address = new URL(path, url);
  for (const [name, value] of Object.entries(query))
    if (typeof value === "object") for (const one of value) address.searchParams.append(`${name}[]`, one);
    else address.searchParams.append(name, String(value));
  const posting =
    post === undefined
      ? { headers: { Accept: "application/json", ...headers } }
      : {
          method: "POST",
          headers: { Accept: "application/json", ...headers },
          body: new URLSearchParams(post),
        };
  try {
    const answer = await fetch(address, {
      ...posting,
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
