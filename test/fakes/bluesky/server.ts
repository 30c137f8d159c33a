import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toAppView } from "./app-view.ts";
import { openChat } from "./chat.ts";
import type { Chat } from "./chat.ts";
import { openJetstream } from "./jetstream.ts";
import type { Jetstream } from "./jetstream.ts";
import { Refused } from "./refusal.ts";
import { toRepository } from "./repository.ts";
import { openSessions, toDidDocument } from "./sessions.ts";
import type { Sessions } from "./sessions.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";

/** What happens to requests whose method fits. "after": it is done, and the answer is lost, once. */
export interface Fault {
  readonly fits: RegExp;
  readonly act: Refused | "before" | "after" | "forget";
}

/** A Bluesky of our own: accounts, index, chat and stream, as one server and a Jetstream. */
export interface Network extends AsyncDisposable {
  readonly url: string;
  readonly store: Store;
  readonly chat: Chat;
  readonly jetstream: Jetstream;
  readonly sessions: Sessions;
  /** In the order in which they came. */
  readonly asked: readonly string[];
  setFaults(faults: readonly Fault[]): void;
  /** From here on the network's time is this clock's. */
  setClock(clock: { now(): string }): void;
}

const NEEDS_CHAT = /^chat\./;

export async function openNetwork(): Promise<Network> {
  const jetstream = await openJetstream();
  let now = (): string => new Date().toISOString();
  const store = openStore(jetstream, () => now());
  const chat = openChat(store);
  let url = "";
  const sessions = openSessions(store, () => url);
  const methods = { ...toAppView(store), ...chat.methods, ...toRepository(store) };
  const asked: string[] = [];
  let faults: readonly Fault[] = [];

  const answer = async (request: IncomingMessage): Promise<object> => {
    const address = new URL(request.url ?? "/", url);
    if (address.pathname.startsWith("/did:")) return toDocument(address.pathname.slice(1));
    const method = address.pathname.replace("/xrpc/", "");
    asked.push(method);
    const body = request.method === "POST" ? await readJson(request) : {};
    const { authorization } = request.headers;
    if (method === "com.atproto.server.createSession") return sessions.create(body);
    if (method === "com.atproto.server.refreshSession") return sessions.refresh(authorization);
    if (method === "com.atproto.server.getSession") return sessions.show(authorization);
    const member = sessions.toMember(authorization);
    if (NEEDS_CHAT.test(method)) {
      if (request.headers["atproto-proxy"] !== "did:web:api.bsky.chat#bsky_chat")
        throw new Refused(404, "XRPCNotSupported");
      if (!member.chats) throw new Refused(400, "InvalidToken", "Bad token method");
    }
    if (method === "chat.bsky.convo.sendMessage")
      return chat.send(member.did, String(body["convoId"]), body["message"] as { text: string });
    const known = methods[method];
    if (known === undefined) throw new Refused(501, "MethodNotImplemented");
    return known(address.searchParams, member, body);
  };
  const toDocument = (did: string): object => {
    const member = store.members.get(did);
    if (member === undefined) throw new Refused(404, "NotFound");
    return toDidDocument(member, url);
  };

  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    const fault = faults.find(({ fits }) => fits.test(request.url ?? ""));
    void (async () => {
      try {
        if (fault?.act === "before") return request.socket.destroy();
        if (fault?.act instanceof Refused) throw fault.act;
        const body = fault?.act === "forget" ? { posts: [] } : await answer(request);
        if (fault?.act === "after") {
          faults = faults.filter((one) => one !== fault);
          return request.socket.destroy();
        }
        return response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      } catch (error) {
        refuse(response, error instanceof Refused ? error : toBug(error), now());
      }
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    store,
    chat,
    jetstream,
    sessions,
    asked,
    setFaults: (some) => void (faults = some),
    setClock: (clock) => void (now = () => clock.now()),
    [Symbol.asyncDispose]: async () => {
      await jetstream[Symbol.asyncDispose]();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function toBug(error: unknown): Refused {
  return new Refused(500, "InternalServerError", String(error));
}

function refuse(response: ServerResponse, { status, error, message }: Refused, now: string): void {
  const resetsAt = Math.ceil(Date.parse(now) / 1000) + 30;
  const wait: Record<string, string> = status === 429 ? { "RateLimit-Reset": String(resetsAt) } : {};
  response.writeHead(status, { "Content-Type": "application/json", ...wait }).end(JSON.stringify({ error, message }));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
