import { z } from "zod";
import type { Fields } from "../fields.ts";

/** As much of an event as tells whether it is worth a look. No words of a reply are ever read. */
export interface ReplyEvent {
  /** Who did it, 18 characters. */
  readonly by: string;
  /** By which API, by which client; empty where the org does not tell. */
  readonly origin: string;
  /** CREATE, UPDATE, DELETE, UNDELETE, or one of them with GAP_ before it: something happened that was not told in full. */
  readonly kind: string;
  /** As it is after a change of it; undefined: not changed, or not shown to us. */
  readonly status: string | undefined;
}

const HEADER = "ChangeEventHeader";
const HEADER_FIELDS = new Set(["commitUser", "changeOrigin", "changeType"]);

const Named = z.looseObject({ name: z.string(), type: z.unknown() });
const RecordSchema = z.looseObject({ type: z.literal("record"), fields: z.array(Named) });

/** Reads payloads of this schema; what it gives is undefined for one that it cannot read. */
export type ReadEvent = (payload: Uint8Array) => ReplyEvent | undefined;

/** `schema` is Avro's, as JSON. Throws where that is none of a change event. */
export async function toReadEvent(schema: string, { reply }: Fields): Promise<ReadEvent> {
  const { Type } = await import("avsc");
  const whole = RecordSchema.parse(JSON.parse(schema));
  const writer = Type.forSchema(whole as never);
  // Read by less than what was written: all else is skipped unread.
  const reader = Type.forSchema(toPart(whole, reply.status) as never);
  const resolver = reader.createResolver(writer);
  const Read = z.object({
    [HEADER]: z.object({ commitUser: z.string(), changeOrigin: z.string(), changeType: z.string() }),
    [reply.status]: z.string().nullish(),
  });
  return (payload) => {
    try {
      const read = Read.parse(reader.fromBuffer(Buffer.from(payload), resolver)) as Record<string, unknown>;
      const header = read[HEADER] as Record<"commitUser" | "changeOrigin" | "changeType", string>;
      const status = (read[reply.status] as string | null | undefined) ?? undefined;
      return { by: header.commitUser, origin: header.changeOrigin, kind: header.changeType, status };
    } catch {
      return undefined;
    }
  };
}

function toPart(whole: z.infer<typeof RecordSchema>, status: string): object {
  const header = whole.fields.find(({ name }) => name === HEADER);
  const inner = RecordSchema.parse(header?.type);
  const fields = inner.fields.filter(({ name }) => HEADER_FIELDS.has(name));
  const rest = whole.fields.filter(({ name }) => name === status);
  return { ...whole, fields: [{ ...header, type: { ...inner, fields } }, ...rest] };
}

/** What a reply becomes before it is ours to send: a look would find nothing. */
const NOT_YET = new Set(["Draft", "Pending approval"]);

/** What came of an event. "waking": a look is worth it. */
export type Worth = "waking" | "own" | "nothing to do";

/**
 * Is it worth a look? Not what we wrote ourselves, by the REST API, as `userId`; what our user does in the browser is a
 * person's doing. What cannot be read may be anything.
 */
export function toWorth(event: ReplyEvent | undefined, userId: string | undefined): Worth {
  if (event === undefined) return "waking";
  if (isOwn(event, userId)) return "own";
  if (event.kind === "DELETE" || event.kind === "GAP_DELETE") return "nothing to do";
  return event.status !== undefined && NOT_YET.has(event.status) ? "nothing to do" : "waking";
}

/** Ids come with 15 or 18 characters. */
function isOwn({ by, origin }: ReplyEvent, userId: string | undefined): boolean {
  if (userId === undefined || by.slice(0, 15) !== userId.slice(0, 15)) return false;
  return origin === "" || origin.startsWith("com/salesforce/api/rest");
}
