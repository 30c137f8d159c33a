import { pino } from "pino";
import { openBluesky } from "../../../connector/sources/bluesky/index.ts";
import type { Person, Trouble, World } from "../../contracts/source/scene.ts";
import type { Refusal } from "./jetstream.ts";
import { Refused } from "./refusal.ts";
import { openNetwork } from "./server.ts";
import type { Fault, Network } from "./server.ts";
import type { Member } from "./store.ts";

interface Troubled {
  readonly faults: readonly Fault[];
  /** What the stream does; the rest of the network does not touch it. */
  readonly stream?: Refusal;
}

const ALL = /^\/(xrpc|did)/;
const LISTS = /listNotifications|getLog/;

function always(act: Fault["act"], stream: Refusal = "hang up"): Troubled {
  return { faults: [{ fits: ALL, act }], stream };
}

const TROUBLES: Readonly<Record<Trouble, Troubled>> = {
  down: always(new Refused(503, "UpstreamFailure")),
  busy: always(new Refused(429, "RateLimitExceeded"), { status: 429, error: "RateLimitExceeded", retryAfter: 30 }),
  refused: {
    faults: [{ fits: LISTS, act: new Refused(403, "Forbidden") }],
    stream: { status: 403, error: "Forbidden" },
  },
  suspended: { faults: always(new Refused(401, "AccountTakedown")).faults },
  forgetful: { faults: [{ fits: /getPosts\b/, act: "forget" }] },
  "token refused": { faults: always(new Refused(401, "AuthenticationRequired")).faults },
  "connection cut": always("before"),
  "answer lost": { faults: [{ fits: /putRecord|sendMessage/, act: "after" }] },
  "no stream": { faults: [], stream: "hang up" },
};

export interface BlueskyWorld extends World {
  readonly network: Network;
}

/** A Bluesky of its own, where the company is `@nordwind.test`. */
export async function openBlueskyWorld(): Promise<BlueskyWorld> {
  const network = await openNetwork();
  const company = network.store.join("nordwind");
  const toPersonOf = (member: Member) => toPerson(network, member);
  return {
    network,
    open: (clock, mode = "engage") => {
      network.setClock(clock);
      return openBluesky({
        handle: company.handle,
        password: company.password,
        service: network.url,
        jetstream: network.jetstream.url,
        plc: network.url,
        messages: true,
        words: ["lost luggage"],
        mode,
        clock,
        log: pino({ level: "silent" }),
      });
    },
    person: (name) => Promise.resolve(toPersonOf(network.store.join(name))),
    us: () => Promise.resolve(toPersonOf(company)),
    edition: (post) => Promise.resolve(network.store.records.get(toUri(post))?.cid),
    dropStreams: () => {
      network.jetstream.drop();
      return Promise.resolve();
    },
    muteStreams: () => {
      network.jetstream.mute();
      return Promise.resolve();
    },
    trouble: (what) => {
      const { faults, stream } = TROUBLES[what];
      network.setFaults(faults);
      network.jetstream.refuse(stream);
      return Promise.resolve();
    },
    calm: () => {
      network.setFaults([]);
      network.jetstream.refuse(undefined);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

function toPerson({ store, chat }: Network, member: Member): Person {
  const { did, handle } = member;
  const company = store.find("nordwind.test")?.did ?? "";
  const record = (text: string, answering?: string) => {
    const parent = answering === undefined ? undefined : store.records.get(toUri(answering));
    const strong = parent && { uri: parent.uri, cid: parent.cid };
    const root = (parent?.value["reply"] as { readonly root: unknown } | undefined)?.root ?? strong;
    const facets = [...store.members.values()].flatMap((one) => toMention(text, one));
    return {
      $type: "app.bsky.feed.post",
      text,
      createdAt: store.now(),
      ...(facets.length === 0 ? {} : { facets }),
      ...(strong === undefined ? {} : { reply: { root, parent: strong } }),
    };
  };
  return {
    handle,
    say: (text, { answering, private: isPrivate = false } = {}) => {
      if (!isPrivate) {
        const { rkey } = store.write(did, store.nextTid(), record(text, answering));
        return Promise.resolve(`bluesky:${did}/${rkey}`);
      }
      const other = did === company ? (store.find(/@(\S+)/.exec(text)?.[1] ?? "")?.did ?? "") : company;
      const { id } = chat.open(did, other);
      const replyTo = answering === undefined ? {} : { replyTo: { messageId: toRkey(answering) } };
      const sent = chat.send(did, id, { text, ...replyTo }) as { readonly id: string };
      return Promise.resolve(`bluesky:${company}/messages/${id}/${sent.id}`);
    },
    edit: (post, text) => {
      const { value } = store.records.get(toUri(post)) ?? {};
      store.write(did, toRkey(post), {
        ...value,
        ...record(text),
        ...("reply" in (value ?? {}) ? { reply: value?.["reply"] } : {}),
      });
      return Promise.resolve();
    },
    remove: (post) => {
      if (post.includes("/messages/")) chat.remove(did, toRkey(post));
      else store.remove(did, toRkey(post));
      return Promise.resolve();
    },
    answersTo: (post) => {
      const under = [...store.records.values()].filter(
        ({ value }) => (value["reply"] as { parent?: { uri?: string } } | undefined)?.parent?.uri === toUri(post),
      );
      return Promise.resolve([...under.map(({ value }) => String(value["text"])), ...chat.textsTo(did)]);
    },
  };
}

function toMention(text: string, { did, handle }: Member): readonly object[] {
  const at = text.indexOf(`@${handle}`);
  if (at < 0) return [];
  const byteStart = Buffer.byteLength(text.slice(0, at));
  const index = { byteStart, byteEnd: byteStart + handle.length + 1 };
  return [{ index, features: [{ $type: "app.bsky.richtext.facet#mention", did }] }];
}

function toRkey(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}

function toUri(key: string): string {
  return `at://${key.replace("bluesky:", "").replace("/", "/app.bsky.feed.post/")}`;
}
