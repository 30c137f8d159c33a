import { Unavailable } from "../../errors.ts";

const TIME_OUT_MS = 30_000;
/** The longest of the answers that networks give to what we ask has a few million bytes. */
const LONGEST_ANSWER = 16 * 2 ** 20;

/** What is asked of a network. Without `json` and `form` the question only reads. */
export interface Request {
  readonly address: URL;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What is posted; at most one of the two. */
  readonly json?: object | undefined;
  readonly form?: Readonly<Record<string, string>> | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined: it was no JSON. */
  readonly body: unknown;
}

/** The values of a query; a list is told once for each of its values. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** `toListName`: what a list is called there, `id[]` for `id` with some. */
export function toAddress(base: string, path: string, query: Query = {}, toListName = (name: string) => name): URL {
  const address = new URL(path, base);
  for (const [name, value] of Object.entries(query))
    if (typeof value === "object") for (const one of value) address.searchParams.append(toListName(name), one);
    else address.searchParams.append(name, String(value));
  return address;
}

/**
 * One request, whatever is answered. Throws `Unavailable` when no whole answer comes within half a minute, or one that is
 * longer than any can be, and the signal's reason when aborted.
 */
export async function request(asked: Request, signal: AbortSignal, longest = LONGEST_ANSWER): Promise<Answer> {
  const { address } = asked;
  let text: string | undefined;
  try {
    const both = AbortSignal.any([signal, AbortSignal.timeout(TIME_OUT_MS)]);
    const answer = await fetch(address, { ...toPosting(asked), signal: both });
    text = await readText(answer, longest);
    if (text !== undefined) return { status: answer.status, headers: answer.headers, body: toJson(text) };
  } catch (error) {
    signal.throwIfAborted();
    throw new Unavailable(`${address.origin} cannot be reached`, { cause: error });
  }
  throw new Unavailable(`${address.origin} answers with more than ${longest} bytes, which is more than we read`);
}

function toPosting({ headers, json, form }: Request): RequestInit {
  const accepting = { Accept: "application/json", ...headers };
  if (form !== undefined) return { method: "POST", headers: accepting, body: new URLSearchParams(form) };
  if (json === undefined) return { headers: accepting };
  return {
    method: "POST",
    headers: { ...accepting, "Content-Type": "application/json" },
    body: JSON.stringify(json),
  };
}

/** undefined: it is too long, and the rest was not read. */
async function readText(answer: Response, longest: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > longest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
