import path from "node:path";
import { systemClock, type Clock } from "../../connector/clock.ts";
import type { Journal } from "../../connector/journal/journal.ts";
import { openSqliteJournal } from "../../connector/journal/sqlite.ts";
import type { Persona } from "../../connector/model/persona.ts";
import { toPostEvent, type Post } from "../../connector/model/post.ts";
import { toPostEntries } from "../../connector/wire/post-entries.ts";
import { openInUse } from "../../connector/wire/in-use.ts";
import { openUrgency } from "../../connector/wire/urgent.ts";
import { isFollowUp, NETWORK_NAME, toText } from "./crowd.ts";

const PAGE = 1000;
/** Far from what the network itself gives. */
const FIRST_ID = 900_000_000_000;

export interface BacklogOptions {
  readonly account: string;
  readonly posts: number;
  readonly authors: number;
}

/** The network does not have them: what is a week old is not asked for again at the start. */
const AGE_MS = 8 * 24 * 3_600_000;
export const A_WHILE_AGO: Clock = { ...systemClock, now: () => new Date(Date.now() - AGE_MS).toISOString() };

/** Puts posts into the journal of a stopped connector as if it had heard them a while ago. */
export async function fillBacklog(dir: string, options: BacklogOptions): Promise<void> {
  await using journal = await openSqliteJournal({ file: path.join(dir, "journal.db"), clock: A_WHILE_AGO });
  await appendBacklog(journal, options);
}

/** The same for any journal. */
export async function appendBacklog(journal: Journal, options: BacklogOptions): Promise<void> {
  const urgency = await openUrgency(await openInUse(journal), () => undefined);
  const { posts } = options;
  for (let first = 0; first < posts; first += PAGE) {
    const numbers = Array.from({ length: Math.min(PAGE, posts - first) }, (_, n) => first + n);
    const events = numbers.map((n) => toPostEvent(toPost(options, n)));
    await journal.append("posts", await toPostEntries({ ...urgency, journal }, events));
  }
}

/** The n-th of them. */
export function toPost({ account, authors }: Omit<BacklogOptions, "posts">, n: number): Post {
  const instance = account.slice(0, account.lastIndexOf("accounts/"));
  const toKey = (number: number): string => `${instance}${FIRST_ID + number}`;
  const at = new Date().toISOString();
  const author = n % authors;
  const parent = isFollowUp(n) && n >= authors ? toKey(n - authors) : undefined;
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
