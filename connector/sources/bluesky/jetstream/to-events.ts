import type { Key } from "../../../model/glossary.ts";
import { isAddressed, toDeletedEvent, toPostEvent } from "../../../model/post.ts";
import type { Post, PostEvent } from "../../../model/post.ts";
import { toAddress, toPostKey } from "../keys.ts";
import type { Link } from "../link.ts";
import type { WireSaid } from "../reader.ts";
import { toMicros } from "../tid.ts";
import { toFrame, toRawText } from "./frame.ts";
import type { AccountChange, Commit, Frame } from "./frame.ts";
import type { Told } from "./told.ts";

/** Of an account that stands like this nothing may be kept. One that was only put to rest comes back. */
const GONE: ReadonlySet<string> = new Set(["deleted", "takendown", "suspended"]);

export interface TellOptions extends Link {
  /** Another account of ours: what it says and what is said to it is told by its own feeds. */
  readonly isSibling: (persona: Key) => boolean;
  readonly told: Told;
}

/** What frames of the stream say, as far as it concerns us, in their order. */
export async function toEvents(
  raws: readonly string[],
  options: TellOptions,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  const heard = raws.flatMap((raw): readonly Heard[] => {
    const frame = toFrame(raw);
    return frame === undefined ? [] : [{ frame, mayConcern: mayConcern(raw, options.us) }];
  });
  const authors = heard.flatMap(({ frame, mayConcern }) => (isSaid(frame) && mayConcern ? [frame.did] : []));
  if (authors.length > 1) await options.profiles.read(authors, signal);
  const events: PostEvent[] = [];
  for (const one of heard) events.push(...(await toEventsOf(one, options, signal)));
  return events;
}

interface Heard {
  readonly frame: Frame;
  /** By its words and whom it names. */
  readonly mayConcern: boolean;
}

/** Strangers edit all day long: who they are is asked only where that may concern us. */
function mayConcern(raw: string, { ourDid, findWords }: TellOptions["us"]): boolean {
  return raw.includes(ourDid) || findWords(toRawText(raw) ?? "").length > 0;
}

async function toEventsOf(
  { frame, mayConcern }: Heard,
  options: TellOptions,
  signal: AbortSignal,
): Promise<readonly PostEvent[]> {
  if ("account" in frame) return await toPurge(frame, options);
  if (!("operation" in frame)) {
    options.profiles.forget(frame.did);
    return [];
  }
  const { told, clock } = options;
  const key = toPostKey(frame.did, frame.rkey);
  if (frame.operation === "delete") return (await told.has(key)) ? [toDeletedEvent(key, clock.now())] : [];
  const wasTold = frame.operation === "update" && (await told.has(key));
  if (!wasTold && !mayConcern) return [];
  const [post] = await options.read.posts([toSaid(frame, wasTold)], signal);
  if (post === undefined) return [];
  if (!wasTold && !isWanted(post, options)) return [];
  told.add(key);
  return [toPostEvent(post)];
}

function isSaid(frame: Frame): frame is Commit {
  return "operation" in frame && frame.operation !== "delete";
}

/** To us an edit of what we never told is news, from now on: who is named by it did not wait before. */
function toSaid(frame: Commit, wasTold: boolean): WireSaid {
  const { did, rkey, record, cid, time } = frame;
  return { did, rkey, record, cid, version: toVersion(frame), ...(wasTold ? {} : { shownAt: time }) };
}

/** The commit's own time: whoever hears of the edit gives it the same number. */
function toVersion({ operation, rev, time }: Commit): number {
  if (operation !== "update") return 0;
  const micros = toMicros(rev);
  return micros === undefined ? Date.parse(time) : Math.floor(micros / 1000);
}

/** What we say, what is said to us or in a conversation that we began, and what has a listener's words. */
function isWanted(post: Post, { us, isSibling }: TellOptions): boolean {
  if (isSibling(post.author.key)) return false;
  const isOurs = (key: Key | undefined) => key !== undefined && toAddress(key)?.did === us.ourDid;
  if (post.direction === "outbound" || isAddressed(post) || isOurs(post.parent) || isOurs(post.conversation))
    return true;
  return post.matched !== undefined && !(post.mentions ?? []).some(isSibling);
}

/** Whoever goes takes along what they said. */
async function toPurge({ did, account }: AccountChange, options: TellOptions): Promise<readonly PostEvent[]> {
  const { us, told, clock } = options;
  if (account.active || !GONE.has(account.status ?? "") || did === us.ourDid) return [];
  return (await told.by(did)).map((key) => toDeletedEvent(key, clock.now()));
}
