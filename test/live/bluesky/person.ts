import { AtpAgent, AtpBaseClient, RichText } from "@atproto/api";
import type { Chat } from "../../fakes/bluesky/chat.ts";
import { CHAT_DID } from "./host/orders.ts";

const POSTS = "app.bsky.feed.post";
const PASSWORD = "a password of their own";

/** Somebody who uses the network by its own client library, which shares nothing with the connector. */
export interface Person {
  readonly did: string;
  readonly handle: string;
  /** Named as the connector names it. */
  say(text: string, answering?: string): Promise<string>;
  edit(post: string, text: string): Promise<void>;
  remove(post: string): Promise<void>;
  /** A private message; its name as the account `keptBy` has it. */
  write(to: Pick<Person, "did">, text: string, how: WriteOptions): Promise<string>;
  /** Deletes their own copy. */
  forget(message: string): Promise<void>;
  /** The texts of the records by which `by` answers this post, as the real server has them. */
  answersTo(post: string, by: Pick<Person, "did">): Promise<readonly string[]>;
  /** What others wrote to them. */
  messages(): readonly string[];
  /** For a program that acts in their name. */
  newAppPassword(name: string, mayChat: boolean): Promise<string>;
  revokeAppPassword(name: string): Promise<void>;
  rename(handle: string): Promise<void>;
  /** Deletes nothing, and shows nothing of theirs to anybody until they come back. */
  deactivate(): Promise<void>;
}

interface WriteOptions {
  readonly keptBy: Pick<Person, "did">;
  readonly answering?: string | undefined;
}

interface Surroundings {
  readonly service: string;
  readonly settle: () => Promise<void>;
  readonly chat: Chat;
}

/** Opens an account that takes private messages from everybody. */
export async function openPerson({ service, settle, chat }: Surroundings, name: string): Promise<Person> {
  const agent = new AtpAgent({ service });
  const handle = `${name}.test`;
  const { data: account } = await agent.createAccount({ handle, email: `${name}@example.test`, password: PASSWORD });
  const { did } = account;
  const { repo } = agent.com.atproto;
  const collection = "chat.bsky.actor.declaration";
  const record = { $type: collection, allowIncoming: "all" };
  await repo.putRecord({ repo: did, collection, rkey: "self", record });
  const talk = agent.withProxy("bsky_chat", CHAT_DID).chat.bsky.convo;
  await settle();

  const settled = async <T>(what: Promise<T>): Promise<T> => {
    const done = await what;
    await settle();
    return done;
  };
  const lookUp = new AtpBaseClient((url, init) => agent.fetchHandler(url, init));
  const toWords = async (text: string) => {
    const words = new RichText({ text });
    await words.detectFacets(lookUp);
    return { text: words.text, ...(words.facets === undefined ? {} : { facets: words.facets }) };
  };
  const read = async (post: string) => {
    const { data } = await repo.getRecord({ collection: POSTS, ...toPlace(post) });
    return { uri: data.uri, cid: data.cid ?? "", value: data.value };
  };
  return {
    did,
    handle,
    say: async (text, answering) => {
      const { uri, cid, value } = answering === undefined ? NOTHING : await read(answering);
      const parent = { uri, cid };
      const root = (value["reply"] as { readonly root: typeof parent } | undefined)?.root ?? parent;
      const reply = answering === undefined ? {} : { reply: { root, parent } };
      const said = await settled(agent.post({ ...(await toWords(text)), ...reply }));
      return toKey(said.uri);
    },
    edit: async (post, text) => {
      const { value } = await read(post);
      const record = { ...value, facets: [], ...(await toWords(text)) };
      await settled(repo.putRecord({ collection: POSTS, ...toPlace(post), record }));
    },
    remove: (post) => settled(agent.deletePost(toUri(post))),
    write: async (to, text, { keptBy, answering }) => {
      const { data } = await talk.getConvoForMembers({ members: [to.did] });
      const { id: convoId } = data.convo;
      const replyTo = answering === undefined ? {} : { replyTo: { messageId: toLast(answering) } };
      const { data: sent } = await talk.sendMessage({ convoId, message: { text, ...replyTo } });
      return `bluesky:${keptBy.did}/messages/${convoId}/${sent.id}`;
    },
    forget: async (message) => {
      const [messageId = "", convoId = ""] = message.split("/").reverse();
      await talk.deleteMessageForSelf({ convoId, messageId });
    },
    answersTo: async (post, by) => {
      const { data } = await repo.listRecords({ repo: by.did, collection: POSTS, limit: 100 });
      const records = data.records.map(({ value }) => value as { text: string; reply?: { parent: { uri: string } } });
      return records.filter(({ reply }) => reply?.parent.uri === toUri(post)).map(({ text }) => text);
    },
    messages: () => chat.textsTo(did),
    newAppPassword: async (title, privileged) =>
      (await agent.com.atproto.server.createAppPassword({ name: title, privileged })).data.password,
    revokeAppPassword: async (title) => {
      await agent.com.atproto.server.revokeAppPassword({ name: title });
    },
    rename: async (to) => {
      await settled(agent.com.atproto.identity.updateHandle({ handle: to }));
    },
    deactivate: async () => {
      await settled(agent.com.atproto.server.deactivateAccount({}));
    },
  };
}

const NOTHING = { uri: "", cid: "", value: {} as Record<string, unknown> };

function toPlace(post: string): { readonly repo: string; readonly rkey: string } {
  const [repo = "", rkey = ""] = post.replace("bluesky:", "").split("/");
  return { repo, rkey };
}

function toUri(post: string): string {
  const { repo, rkey } = toPlace(post);
  return `at://${repo}/${POSTS}/${rkey}`;
}

function toKey(uri: string): string {
  return `bluesky:${uri.replace("at://", "").replace(`/${POSTS}`, "")}`;
}

function toLast(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
