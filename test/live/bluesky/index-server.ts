import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { toAppView } from "../../fakes/bluesky/app-view.ts";
import { openChat } from "../../fakes/bluesky/chat.ts";
import type { Chat } from "../../fakes/bluesky/chat.ts";
import { Refused } from "../../fakes/bluesky/refusal.ts";
import type { Member } from "../../fakes/bluesky/store.ts";
import { CHAT_DID, INDEX_DID } from "./host/orders.ts";
import type { Stored } from "./stored.ts";

/** What a server of accounts asks of others in its members' names: the index of posts, and the chat. Stand-ins, both. */
export interface IndexServer extends AsyncDisposable {
  readonly url: string;
  readonly chat: Chat;
}

/** `settle`: until the index knows all that was written by now. A test then never meets an index that lags. */
export async function openIndexServer(stored: Stored, settle: () => Promise<void>): Promise<IndexServer> {
  const chat = openChat(stored);
  const methods = { ...toAppView(stored), ...chat.methods };

  const answer = async (request: IncomingMessage): Promise<object> => {
    const address = new URL(request.url ?? "/", "http://index");
    const method = address.pathname.replace("/xrpc/", "");
    const body = await readJson(request);
    await settle();
    const viewer = toViewer(request.headers.authorization, method, stored);
    if (method === "chat.bsky.convo.sendMessage")
      return chat.send(viewer.did, String(body["convoId"]), body["message"] as { text: string });
    if (method === "chat.bsky.convo.deleteMessageForSelf") {
      const id = String(body["messageId"]);
      chat.remove(viewer.did, id);
      return { id, rev: id, sender: { did: viewer.did }, sentAt: new Date().toISOString() };
    }
    const known = methods[method];
    if (known === undefined) throw new Refused(501, "MethodNotImplemented");
    return known(address.searchParams, viewer, body);
  };

  const server = createServer((request, response) => {
    answer(request)
      .then((body) => ({ status: 200, body }))
      .catch((error: unknown) => {
        if (error instanceof Refused)
          return { status: error.status, body: { error: error.error, message: error.message } };
        return { status: 500, body: { error: "InternalServerError", message: String(error) } };
      })
      .then(({ status, body }) => {
        response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
      })
      .catch(() => response.destroy());
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    chat,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly lxm: string;
}

/** The real server vouches for whoever asks, for this one method. Its signature is not checked: it is the only one who asks. */
function toViewer(authorization = "", method: string, { members }: Stored): Member {
  const [, claims = ""] = authorization.split(".");
  const { iss, aud, lxm } = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}") as Partial<Claims>;
  const expected = method.startsWith("chat.") ? CHAT_DID : INDEX_DID;
  const viewer = members.get(iss ?? "");
  if (viewer === undefined || aud !== expected || lxm !== method) throw new Refused(401, "AuthMissing");
  return viewer;
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
