import type { LoggedEntry } from "../journal/copying.ts";
import { parseChange } from "../follower/parse-change.ts";
import { toSubject } from "../model/change.ts";
import { toPartition } from "../model/partition.ts";
import { parseEvent } from "../recorder/parse-event.ts";

/** From how many partitions to how many. */
export interface Numbers {
  readonly from: number;
  readonly to: number;
}

/** Where an entry goes: where it would have been put at once, in the same track. What says nothing of that stays with its like. */
export function toNewPartition(entry: Omit<LoggedEntry, "seq">, { from, to }: Numbers): number {
  if (from === to) return entry.partition;
  const [track, home] = [Math.floor(entry.partition / from), entry.partition % from];
  const wanted = toWanted(entry, to) ?? home % to;
  // One that never stood where it belongs would leave those that it came with.
  const isSibling = (wanted - home) % toCommon({ from, to }) === 0;
  return (isSibling ? wanted : home % to) + track * to;
}

/** Of one old partition, all goes to new ones that are equal modulo this; and what comes together was equal modulo this. */
export function toCommon({ from, to }: Numbers): number {
  return to === 0 ? from : toCommon({ from: to, to: from % to });
}

/** undefined: it has no place of its own, was emptied, or cannot be read. */
function toWanted({ log, value }: Pick<LoggedEntry, "log" | "value">, partitions: number): number | undefined {
  if (value === "" || log === "replies" || log === "decisions") return undefined;
  try {
    return toPartition(log === "posts" ? toAuthor(value) : toSubject(parseChange(value)), partitions);
  } catch {
    return undefined;
  }
}

/** Of a bare deletion the post. */
function toAuthor(value: string): string {
  const event = parseEvent(value);
  return event.type === "deleted" ? event.post : event.post.author.key;
}
