import { createHash } from "node:crypto";
import type { Jetstream } from "./jetstream.ts";

export const POSTS = "app.bsky.feed.post";

export interface Member {
  readonly did: string;
  handle: string;
  readonly password: string;
  readonly displayName: string;
  /** From whom they take private messages. */
  allowIncoming: "all" | "none" | "following";
  /** undefined: the account stands. */
  status: string | undefined;
  /** Whom they have blocked. */
  readonly blocked: Set<string>;
  /** Whether an app password of theirs reaches the chat. */
  chats: boolean;
}

export interface StoredRecord {
  readonly uri: string;
  readonly did: string;
  readonly rkey: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly indexedAt: string;
}

/** Who is there and what they said: the repositories of everybody, and the stream that tells of each write. */
export interface Store {
  readonly members: ReadonlyMap<string, Member>;
  /** In the order in which they were written last. */
  readonly records: ReadonlyMap<string, StoredRecord>;
  /** Posts that only some may answer. */
  readonly closed: Set<string>;
  join(name: string): Member;
  find(identifier: string): Member | undefined;
  /** Creates or replaces. */
  write(did: string, rkey: string, value: Readonly<Record<string, unknown>>): StoredRecord;
  remove(did: string, rkey: string): void;
  /** The account is gone, and the stream says so. undefined: it is back. */
  setStatus(did: string, status: string | undefined): void;
  /** Another handle, and the stream says so. */
  rename(did: string, handle: string): void;
  nextTid(): string;
  now(): string;
}

const LETTERS = "234567abcdefghijklmnopqrstuvwxyz";

/** `now` tells the network's time in ISO; two things never happen in one microsecond. */
export function openStore(jetstream: Jetstream, now: () => string): Store {
  const members = new Map<string, Member>();
  const records = new Map<string, StoredRecord>();
  let lastMicros = 0;

  const nextMicros = (): number => (lastMicros = Math.max(lastMicros + 1, Date.parse(now()) * 1000));
  const nextTid = () => toTid(nextMicros());
  const toUri = (did: string, rkey: string) => `at://${did}/${POSTS}/${rkey}`;
  const commit = (
    did: string,
    rkey: string,
    rest: { operation: "create" | "update"; cid: string; record: unknown } | { operation: "delete" },
  ) =>
    jetstream.publish({
      kind: "commit",
      did,
      time: toTime(nextMicros()),
      rev: nextTid(),
      collection: POSTS,
      rkey,
      ...rest,
    });

  return {
    members,
    records,
    closed: new Set(),
    join: (name) => {
      const did = `did:plc:${createHash("sha256")
        .update(name)
        .digest("hex")
        .replace(/[018-9]/g, "a")
        .slice(0, 24)}`;
      const member: Member = {
        did,
        handle: `${name}.test`,
        password: `app-password-of-${name}`,
        displayName: name,
        allowIncoming: "all",
        status: undefined,
        blocked: new Set(),
        chats: true,
      };
      members.set(did, member);
      return member;
    },
    find: (identifier) => [...members.values()].find(({ did, handle }) => did === identifier || handle === identifier),
    write: (did, rkey, value) => {
      const uri = toUri(did, rkey);
      const operation = records.has(uri) ? "update" : "create";
      const cid = toCid(value);
      const record = { uri, did, rkey, cid, value, indexedAt: now() };
      records.delete(uri);
      records.set(uri, record);
      commit(did, rkey, { operation, cid, record: value });
      return record;
    },
    remove: (did, rkey) => {
      if (records.delete(toUri(did, rkey))) commit(did, rkey, { operation: "delete" });
    },
    setStatus: (did, status) => {
      const member = members.get(did);
      if (member === undefined) throw new Error("Nobody is called so");
      member.status = status;
      const how = status === undefined ? { active: true } : { active: false, status };
      jetstream.publish({ kind: "account", did, time: toTime(nextMicros()), ...how });
    },
    rename: (did, handle) => {
      const member = members.get(did);
      if (member === undefined) throw new Error("Nobody is called so");
      member.handle = handle;
      jetstream.publish({ kind: "identity", did, time: toTime(nextMicros()), handle });
    },
    nextTid,
    now,
  };
}

/** The name of a content: the same content has the same. */
export function toCid(value: unknown): string {
  return `bafyrei${createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 52)}`;
}

function toTid(micros: number): string {
  let number = BigInt(micros) << 10n;
  let tid = "";
  for (let n = 0; n < 13; n++, number >>= 5n) tid = (LETTERS[Number(number & 31n)] ?? "") + tid;
  return tid;
}

function toTime(micros: number): string {
  const iso = new Date(micros / 1000).toISOString().slice(0, -1);
  return `${iso}${String(micros % 1000).padStart(3, "0")}Z`;
}
