import path from "node:path";
import { systemClock } from "../../connector/clock.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import type { Persona } from "../../connector/model/persona.ts";
import { toPostEvent, type Post } from "../../connector/model/post.ts";
import { toPostEntries } from "../../connector/wire/post-entries.ts";
import { openUrgency } from "../../connector/wire/urgent.ts";
import { isFollowUp, NETWORK_NAME, toText } from "./crowd.ts";

const PAGE = 1000;
/** Far from what the network itself gives. */
const FIRST_ID = 900_000_000_000;

export interface BacklogOptions {
  readonly account: string;
  readonly posts: number;
  readonly authors: number;
  /** All of them answer this post; left out: they speak as the crowd does. */
  readonly answering?: string;
}

/** Puts posts into the journal of a stopped connector as if it had heard them. */
export async function fillBacklog(dir: string, options: BacklogOptions): Promise<void> {
  await using journal = await openSqliteJournal({ file: path.join(dir, "journal.db"), clock: systemClock });
  const urgency = await openUrgency();
  const { posts } = options;
  for (let first = 0; first < posts; first += PAGE) {
    const numbers = Array.from({ length: Math.min(PAGE, posts - first) }, (_, n) => first + n);
    const events = numbers.map((n) => toPostEvent(toPost(options, n)));
    await journal.append("posts", await toPostEntries(urgency, events));
  }
}

function toPost({ account, authors, answering }: BacklogOptions, n: number): Post {
  const instance = account.slice(0, account.lastIndexOf("accounts/"));
  const toKey = (number: number): string => `${instance}${FIRST_ID + number}`;
  const at = new Date().toISOString();
  const author = n % authors;
  const parent = answering ?? (isFollowUp(n) && n >= authors ? toKey(n - authors) : undefined);
  return {
    key: toKey(n),
    network: "mastodon",
    account,
    sourceClass: "microblog",
    kind: parent === undefined ? "mention" : "reply",
    visibility: "public",
    direction: "inbound",
    ...(parent === undefined ? {} : { parent }),
    author: toAuthor(instance, author),
    text: toText(n),
    version: 0,
    postedAt: at,
    detectedAt: at,
    url: `https://${NETWORK_NAME}/@traveller_${author}/${FIRST_ID + n}`,
    language: "en",
    mentions: [account],
  };
}

function toAuthor(instance: string, number: number): Persona {
  const name = `traveller_${number}`;
  return {
    key: `${instance}accounts/${FIRST_ID + number}`,
    network: "mastodon",
    handle: `${name}@${NETWORK_NAME}`,
    displayName: `Traveller No. ${number}`,
    profileUrl: `https://${NETWORK_NAME}/@${name}`,
    avatarUrl: `https://${NETWORK_NAME}/avatars/${number}.png`,
    followers: number,
  };
}
