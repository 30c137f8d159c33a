import type { Entry, Journal, LogName } from "../../journal/journal.ts";
import type { IsoTime, Key } from "../../model/glossary.ts";
import { parseEvent } from "../../recorder/parse-event.ts";
import { toMark } from "../../tombstones.ts";
import type { CertifiedPlace } from "./certificate.ts";

const LOGS: readonly LogName[] = ["posts", "replies", "changes", "decisions"];
const BEGINNING: IsoTime = new Date(0).toISOString();
/** So many documents are named; more of them are only counted. */
const MOST_NAMED = 20;

export interface JournalTraces {
  readonly places: readonly CertifiedPlace[];
  /** Our account that is addressed, while the journal still says so. */
  readonly account: Key | undefined;
  /** When we heard of the deletion. */
  readonly toldAt: IsoTime | undefined;
}

/** Every entry of a post and every document that names it. Reads the whole journal. */
export async function findInJournal(journal: Journal, post: Key): Promise<JournalTraces> {
  const places: CertifiedPlace[] = [];
  let account: Key | undefined;
  let toldAt: IsoTime | undefined;
  for (const log of LOGS) {
    for await (const page of journal.since(log, BEGINNING)) {
      for (const entry of page.filter(({ key }) => isOf(key, post))) {
        places.push(toPlace(log, entry));
        account ??= log === "posts" ? toAccount(entry) : undefined;
        if (entry.key === `${post}#gone`) toldAt = entry.appendedAt;
      }
    }
  }
  if (places.length === 0 && (await journal.knows("posts", post)))
    places.push(toNothing("log posts", "Its entry is trimmed; only a digest of its key is kept"));
  return { places: [...places, ...(await findDocuments(journal, post))], account, toldAt };
}

/** The post itself, its versions and deletion, and what was decided about them. */
function isOf(key: Key, post: Key): boolean {
  return key === post || key.startsWith(`${post}#`) || key.startsWith(`${post}/`);
}

function toPlace(log: LogName, entry: Entry): CertifiedPlace {
  const where = `log ${log}, entry ${entry.seq} (${entry.key})`;
  if (entry.value === "") return toNothing(where, "Emptied");
  if (log !== "posts") return toNothing(where, "Says why and when, without words of the post");
  if (isDeletion(entry)) return toNothing(where, "Says only that it was deleted");
  return { room: "journal", where, holds: "words", detail: "The post as it was heard" };
}

function toNothing(where: string, detail: string): CertifiedPlace {
  return { room: "journal", where, holds: "nothing", detail };
}

/** What cannot be read is taken for the words. */
function toEvent({ value }: Entry): ReturnType<typeof parseEvent> | undefined {
  try {
    return parseEvent(value);
  } catch {
    return undefined;
  }
}

function isDeletion(entry: Entry): boolean {
  return toEvent(entry)?.type === "deleted";
}

function toAccount(entry: Entry): Key | undefined {
  const event = toEvent(entry);
  return event === undefined || event.type === "deleted" ? undefined : event.post.account;
}

/** No document holds words of a post: positions, marks, the ledger and parked entries name keys only. */
async function findDocuments(journal: Journal, post: Key): Promise<readonly CertifiedPlace[]> {
  const found: CertifiedPlace[] = [];
  let more = 0;
  for await (const { key, value } of journal.list("")) {
    if (!names(key, post) && !names(value, post)) continue;
    if (found.length >= MOST_NAMED) more += 1;
    else if (key === `gone/${post}`)
      found.push(toNothing(`document ${key}`, `Marks it as deleted at ${toMark(value).at}`));
    else found.push(toNothing(`document ${key}`, "Names its key, without words of the post"));
  }
  return more === 0
    ? found
    : [...found, toNothing(`${more} more documents`, "Name its key, without words of the post")];
}

/** `…/10` is not named by `…/109`. */
function names(text: string, key: Key): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at + key.length))) return true;
  }
  return false;
}
