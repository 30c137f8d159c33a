import type { Journal } from "../journal/journal.ts";
import type { IsoTime, Key } from "../model/glossary.ts";
import type { Held } from "../sources/source.ts";
import { isGone } from "../tombstones.ts";

const HOUR_MS = 3_600_000;
/** The newest posts are looked for in the last hour, then further and further back. */
const SPANS_HOURS = [1, 8, 48, 168];

const VERSION = /^(?<post>.*)#(?<version>\d+)$/su;
const EDITION = /"edition":"(?<edition>[^"\\]*)"/u;

/** What of an account's posts the journal holds. */
export interface Found {
  readonly posts: readonly Held[];
  /** When the last of them was appended; undefined: there are no more. */
  readonly until: IsoTime | undefined;
}

/** The newest `most` posts of the last seven days, each in its newest version. */
export async function findNewest(
  journal: Journal,
  { account, now, most }: { readonly account: Key; readonly now: IsoTime; readonly most: number },
): Promise<readonly Held[]> {
  let found = new Map<Key, Held>();
  for (const hours of SPANS_HOURS) {
    found = new Map();
    const from = new Date(Date.parse(now) - hours * HOUR_MS).toISOString();
    for await (const page of journal.since("posts", from)) {
      for (const entry of page) note(found, entry, account);
      forgetFirst(found, found.size - most);
    }
    if (found.size >= most) break;
  }
  return toHeld(journal, found);
}

/** The first `most` posts that were appended from `from` on. */
export async function findFrom(
  journal: Journal,
  { account, from, most }: { readonly account: Key; readonly from: IsoTime; readonly most: number },
): Promise<Found> {
  const found = new Map<Key, Held>();
  for await (const page of journal.since("posts", from)) {
    for (const entry of page) note(found, entry, account);
    if (found.size >= most) return { posts: await toHeld(journal, found), until: page.at(-1)?.appendedAt };
  }
  return { posts: await toHeld(journal, found), until: undefined };
}

/** What was emptied is gone, or there is a newer version of it. The post met last stands last. */
function note(
  found: Map<Key, Held>,
  { key, value }: { readonly key: Key; readonly value: string },
  account: Key,
): void {
  const { post, version } = VERSION.exec(key)?.groups ?? {};
  // Not parsed, for there may be millions: within a text these characters stand otherwise.
  if (post === undefined || !value.includes(`"account":${JSON.stringify(account)}`)) return;
  const before = found.get(post);
  const edition = EDITION.exec(value)?.groups?.["edition"];
  const held = { key: post, version: Number(version), ...(edition === undefined ? {} : { edition }) };
  found.delete(post);
  found.set(post, before !== undefined && before.version > held.version ? before : held);
}

function forgetFirst(found: Map<Key, Held>, count: number): void {
  for (const post of [...found.keys()].slice(0, Math.max(0, count))) found.delete(post);
}

async function toHeld(journal: Journal, found: ReadonlyMap<Key, Held>): Promise<readonly Held[]> {
  const held: Held[] = [];
  for (const one of found.values()) if (!(await isGone(journal, one.key))) held.push(one);
  return held;
}
