import { toPage } from "./app-view.ts";
import type { Method } from "./app-view.ts";
import { Refused } from "./refusal.ts";
import type { Member, Store } from "./store.ts";

export interface StoredMessage {
  readonly id: string;
  readonly text: string;
  readonly sender: { readonly did: string };
  readonly sentAt: string;
  readonly replyTo?: unknown;
  /** Who has deleted it, each for themselves only. */
  readonly deletedBy: Set<string>;
}

interface Convo {
  readonly id: string;
  readonly members: readonly string[];
  readonly messages: StoredMessage[];
}

interface Logged {
  readonly to: string;
  readonly rev: string;
  readonly entry: object;
}

/** Private exchanges of two. There is no stream, only a log for each member. */
export interface Chat {
  readonly methods: Readonly<Record<string, Method>>;
  /** Finds or opens the exchange of these two. */
  open(one: string, other: string): Convo;
  send(
    did: string,
    convoId: string,
    message: { readonly text: string; readonly replyTo?: { messageId: string } },
  ): object;
  /** Deletes one's own copy. */
  remove(did: string, messageId: string): void;
  /** From here on whoever asks for the log without a cursor gets so many of its oldest entries, and none in return. */
  beginWithoutCursor(entries: number): void;
  /** The texts that this member may read of what was written to them. */
  textsTo(did: string): readonly string[];
}

/** Without `now` the time is the machine's. */
export function openChat(store: Pick<Store, "members" | "nextTid"> & Partial<Pick<Store, "now">>): Chat {
  const convos: Convo[] = [];
  const logs: Logged[] = [];
  let firstEntries: number | undefined;

  const toConvo = (id: string | null, did: string): Convo => {
    const convo = convos.find((one) => one.id === id && one.members.includes(did));
    if (convo === undefined) throw new Refused(400, "InvalidConvo");
    return convo;
  };
  const log = (to: string, kind: string, convoId: string, message: object) => {
    const rev = store.nextTid();
    logs.push({ to, rev, entry: { $type: `chat.bsky.convo.defs#${kind}`, rev, convoId, message } });
  };
  const chat: Chat = {
    open: (one, other) => {
      const known = convos.find(({ members }) => members.includes(one) && members.includes(other));
      if (known !== undefined) return known;
      const convo = { id: store.nextTid(), members: [one, other], messages: [] };
      convos.push(convo);
      return convo;
    },
    send: (did, convoId, { text, replyTo }) => {
      const convo = toConvo(convoId, did);
      const answered = convo.messages.find(({ id }) => id === replyTo?.messageId);
      const message: StoredMessage = {
        id: store.nextTid(),
        text,
        sender: { did },
        sentAt: store.now?.() ?? new Date().toISOString(),
        ...(answered === undefined ? {} : { replyTo: toView(answered, did) }),
        deletedBy: new Set(),
      };
      convo.messages.push(message);
      for (const to of convo.members) log(to, "logCreateMessage", convo.id, toView(message, to));
      return toView(message, did);
    },
    remove: (did, messageId) => {
      for (const convo of convos)
        for (const message of convo.messages.filter(({ id }) => id === messageId)) {
          message.deletedBy.add(did);
          log(did, "logDeleteMessage", convo.id, toView(message, did));
        }
    },
    beginWithoutCursor: (entries) => void (firstEntries = entries),
    textsTo: (did) =>
      convos
        .filter(({ members }) => members.includes(did))
        .flatMap(({ messages }) => messages)
        .filter(({ sender }) => sender.did !== did)
        .map(({ text }) => text),
    methods: {
      "chat.bsky.convo.getLog": (query, { did }) => {
        const cursor = query.get("cursor");
        const all = logs.filter(({ to }) => to === did);
        if (cursor === null && firstEntries !== undefined)
          return { logs: all.slice(0, firstEntries).map(({ entry }) => entry) };
        if (cursor === null) return { logs: [], cursor: all.at(-1)?.rev ?? "2222222222222" };
        const fresh = all.filter(({ rev }) => rev > cursor).slice(0, 50);
        return { logs: fresh.map(({ entry }) => entry), cursor: fresh.at(-1)?.rev ?? cursor };
      },
      "chat.bsky.convo.getConvoForMembers": (query, viewer) => {
        const other = store.members.get(query.get("members") ?? "");
        if (other === undefined) throw new Refused(400, "RecipientNotFound");
        const known = convos.some(({ members }) => members.includes(viewer.did) && members.includes(other.did));
        if (!known) refuseStranger(other, viewer);
        return {
          convo: { id: chat.open(viewer.did, other.did).id, rev: "1", members: [], muted: false, unreadCount: 0 },
        };
      },
      "chat.bsky.convo.getMessages": (query, { did }) => {
        const { messages } = toConvo(query.get("convoId"), did);
        return toPage(
          "messages",
          messages.toReversed().map((message) => toView(message, did)),
          query,
        );
      },
    },
  };
  return chat;
}

function refuseStranger(other: Member, viewer: Member): void {
  if (other.blocked.has(viewer.did)) throw new Refused(400, "BlockedActor");
  if (other.allowIncoming === "none") throw new Refused(400, "MessagesDisabled");
  if (other.allowIncoming === "following") throw new Refused(400, "NotFollowedBySender");
}

function toView({ deletedBy, ...message }: StoredMessage, viewer: string): object {
  const { id, sender, sentAt } = message;
  if (deletedBy.has(viewer)) return { $type: "chat.bsky.convo.defs#deletedMessageView", id, rev: id, sender, sentAt };
  return { $type: "chat.bsky.convo.defs#messageView", rev: id, ...message };
}
