import { Unavailable } from "../../errors.ts";
import type { Leave } from "../../model/leave.ts";

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
  /** Of what is posted: asked when the connection stands, before the first byte leaves. What it throws is thrown. */
  readonly leave?: Leave | undefined;
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
  const refusal: Refusal = {};
  let text: string | undefined;
  try {
    const both = AbortSignal.any([signal, AbortSignal.timeout(TIME_OUT_MS)]);
    const answer = await fetch(address, { ...toPosting(asked, refusal), signal: both });
    text = await readText(answer, longest);
    if (text !== undefined) return { status: answer.status, headers: answer.headers, body: toJson(text) };
  } catch (error) {
    if (refusal.cause !== undefined) throw refusal.cause;
    signal.throwIfAborted();
    throw new Unavailable(`${address.origin} cannot be reached`, { cause: error });
  }
  throw new Unavailable(`${address.origin} answers with more than ${longest} bytes, which is more than we read`);
}

/** Why a request did not leave. */
interface Refusal {
  cause?: Error;
}

const FORM = "application/x-www-form-urlencoded;charset=UTF-8";

function toPosting(
  { headers, json, form, leave }: Request,
  refusal: Refusal,
): RequestInit & { readonly duplex?: "half" } {
  const accepting = { Accept: "application/json", ...headers };
  const text = form === undefined ? json && JSON.stringify(json) : new URLSearchParams(form).toString();
  if (text === undefined) return { headers: accepting };
  const typed = { ...accepting, "Content-Type": form === undefined ? "application/json" : FORM };
  if (leave === undefined) return { method: "POST", headers: typed, body: text };
  const bytes = new TextEncoder().encode(text);
  return {
    method: "POST",
    headers: { ...typed, "Content-Length": `${bytes.length}` },
    body: toLeaving(bytes, leave, refusal),
    duplex: "half",
    // What has left is not sent to another place.
    redirect: "manual",
  };
}

/**
 * Bytes that are asked for when the connection stands; headers leave with them. A stream of type "bytes", for of any other
 * the first piece is fetched ahead, while nothing is connected yet.
 */
function toLeaving(bytes: Uint8Array<ArrayBuffer>, leave: Leave, refusal: Refusal): ReadableStream {
  return new ReadableStream(
    {
      type: "bytes",
      pull(controller) {
        try {
          leave.check();
        } catch (error) {
          refusal.cause = error instanceof Error ? error : new Error("A request did not leave", { cause: error });
          throw error;
        }
        controller.enqueue(bytes);
        controller.close();
        controller.byobRequest?.respond(0);
      },
    },
    { highWaterMark: 0 },
  );
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
