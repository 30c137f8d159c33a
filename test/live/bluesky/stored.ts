import type { JetstreamEvent } from "../../fakes/bluesky/jetstream.ts";
import { POSTS } from "../../fakes/bluesky/store.ts";
import type { Member, Store, StoredRecord } from "../../fakes/bluesky/store.ts";

const DECLARATIONS = "chat.bsky.actor.declaration";

/** What the stand-ins for index and chat know: nothing but what the network's stream has told. */
export interface Stored extends Pick<Store, "members" | "records" | "closed" | "nextTid"> {
  hear(event: JetstreamEvent): void;
}

export function openStored(): Stored {
  const members = new Map<string, Member>();
  const records = new Map<string, StoredRecord>();
  let lastMicros = 0;

  const toMember = (did: string): Member =>
    members.get(did) ?? {
      did,
      handle: "handle.invalid",
      password: "",
      displayName: "",
      // As the network has it where somebody says nothing.
      allowIncoming: "following",
      status: undefined,
      blocked: new Set(),
      chats: true,
    };
  const change = (did: string, how: Partial<Member>) => void members.set(did, { ...toMember(did), ...how });

  return {
    members,
    records,
    closed: new Set(),
    nextTid: () => {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1000);
      return `3${lastMicros.toString(32).padStart(12, "0")}`;
    },
    hear: (event) => {
      const { did } = event;
      if (event.kind === "identity") change(did, { handle: event.handle ?? "handle.invalid" });
      else if (event.kind === "account") change(did, { status: event.active ? undefined : event.status });
      else if (event.collection === DECLARATIONS) change(did, toDeclared(event.record));
      else if (event.collection === POSTS) {
        const { rkey, cid = "", record, time } = event;
        const uri = `at://${did}/${POSTS}/${rkey}`;
        // What was written last stands last.
        records.delete(uri);
        const value = record as StoredRecord["value"];
        if (event.operation !== "delete") records.set(uri, { uri, did, rkey, cid, value, indexedAt: time });
      }
    },
  };
}

function toDeclared(record: unknown): Partial<Member> {
  return { allowIncoming: (record as Member | undefined)?.allowIncoming ?? "following" };
}
