import type { JetstreamEvent } from "./jetstream.ts";

/** From here on a cursor is a time in microseconds, not a seq. */
const TIMES_FROM = 1e15;
const KINDS = ["commit", "identity", "account", "sync"];
const KNOWN = ["cursor", "kinds", "dids", "collections", "maxMessageSizeBytes"];

/** What one listener asked for. */
export interface Subscription {
  readonly fromSeq: number | undefined;
  readonly fromTime: number | undefined;
  wants(event: JetstreamEvent): boolean;
}

/** Why this question is refused; undefined: it is not. */
export function toRefusal(
  query: URLSearchParams,
  floor: number,
): { readonly status: 400; readonly error: string } | undefined {
  const cursor = query.get("cursor");
  const kinds = query.getAll("kinds");
  const isWrong =
    [...query.keys()].some((name) => !KNOWN.includes(name)) ||
    kinds.some((kind) => !KINDS.includes(kind)) ||
    (query.has("collections") && kinds.length > 0 && !kinds.includes("commit")) ||
    (cursor !== null && !/^\d+$/.test(cursor));
  if (isWrong) return { status: 400, error: "InvalidRequest" };
  return cursor !== null && Number(cursor) < floor ? { status: 400, error: "CursorTooOld" } : undefined;
}

export function toSubscription(query: URLSearchParams): Subscription {
  const cursor = query.has("cursor") ? Number(query.get("cursor")) : undefined;
  const [kinds, dids, collections] = ["kinds", "dids", "collections"].map((name) => query.getAll(name));
  const isTime = cursor !== undefined && cursor >= TIMES_FROM;
  return {
    fromSeq: isTime ? undefined : cursor,
    fromTime: isTime ? cursor : undefined,
    wants: (event) =>
      isOneOf(kinds, event.kind) &&
      isOneOf(dids, event.did) &&
      (event.kind !== "commit" || isOneOf(collections, event.collection)),
  };
}

/** Asked for nothing means all; `app.bsky.feed.*` is all that begins so. */
function isOneOf(wanted: readonly string[] | undefined, value: string): boolean {
  if (wanted === undefined || wanted.length === 0) return true;
  return wanted.some((one) => (one.endsWith("*") ? value.startsWith(one.slice(0, -1)) : one === value));
}
