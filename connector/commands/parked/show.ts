import type { PostEvent } from "../../model/post.ts";
import { parseEvent } from "../../recorder/parse-event.ts";
import type { ExitCode } from "../command.ts";
import { toPrintable } from "../words.ts";
import { toFacts } from "./list.ts";
import { findStanding, toNext } from "./standing.ts";
import { needSeq, type ParkedTask } from "./task.ts";

/** One of them, with what its entry is. The words of a post only where they are asked for. */
export async function show(
  { journal, visit, log, flags, shell }: ParkedTask,
  seq: number | undefined,
): Promise<ExitCode> {
  const wanted = needSeq(seq);
  const standing = await findStanding(journal, log, wanted);
  if (standing === undefined) {
    shell.err(`Nothing is parked under ${wanted}`);
    return 1;
  }
  const entry = await journal.find(standing.log, standing.key);
  const facts = {
    ...toFacts(standing),
    nextTry: toNext(standing, await visit.isRunning()),
    partition: standing.partition,
    appendedAt: entry?.appendedAt ?? "no longer in the log",
    ...toContent(standing.log === "posts" ? entry?.value : undefined, flags.text),
  };
  if (flags.json) shell.out(JSON.stringify(facts));
  else for (const [name, value] of Object.entries(facts)) shell.out(`${name.padEnd(12)}${toPrintable(String(value))}`);
  return 0;
}

/** Only entries of the log "posts" hold words. */
function toContent(value: string | undefined, withText: boolean): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (value === "") return { type: "emptied: its post was deleted or edited since" };
  const event = toEvent(value);
  if (event === undefined) return { type: "not readable" };
  if (event.type === "deleted") return { type: event.type, post: event.post, deletedAt: event.at };
  const { network, account, kind, visibility, postedAt, text } = event.post;
  return { type: event.type, network, account, kind, visibility, postedAt, ...(withText ? { text } : {}) };
}

function toEvent(value: string): PostEvent | undefined {
  try {
    return parseEvent(value);
  } catch {
    return undefined;
  }
}
