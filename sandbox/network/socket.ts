import type { WebSocket } from "ws";
import { z } from "zod";
import type { AccountRow } from "./rows.ts";
import type { State } from "./state.ts";
import type { Channel } from "./streams.ts";

const Frame = z.object({
  type: z.enum(["subscribe", "unsubscribe"]),
  stream: z.string(),
  tag: z.string().optional(),
});

interface Stream {
  readonly channel: Channel;
  /** As the frames of the stream name it. */
  readonly name: readonly string[];
}

interface Visitor {
  readonly account: AccountRow | undefined;
  /** Of the connection's address: `stream` and `tag` in it are a subscription. */
  readonly query: URLSearchParams;
  /** Whether the connection carries nothing to the visitor any more. */
  readonly isMuted: () => boolean;
}

/** Speaks the streaming protocol on one socket: subscribes, unsubscribes, and carries events until it closes. */
export function serveSocket(state: State, socket: WebSocket, { account, query, isMuted }: Visitor): void {
  const subscriptions = new Map<Channel, () => void>();
  const send = (message: object) => {
    if (!isMuted()) socket.send(JSON.stringify(message));
  };

  const subscribe = ({ channel, name }: Stream) => {
    if (subscriptions.has(channel)) return;
    const stop = state.streams.listen(channel, ({ event, payload }) => send({ stream: name, event, payload }));
    subscriptions.set(channel, stop);
  };
  const unsubscribe = ({ channel }: Stream) => {
    subscriptions.get(channel)?.();
    subscriptions.delete(channel);
  };
  const obey = ({ type, stream: wanted, tag }: z.infer<typeof Frame>) => {
    const stream = toStream(wanted, tag, account);
    if ("error" in stream) send(stream);
    else if (type === "subscribe") subscribe(stream);
    else unsubscribe(stream);
  };

  const first = query.get("stream");
  if (first) obey({ type: "subscribe", stream: first, tag: query.get("tag") ?? undefined });
  socket.on("message", (bytes: Buffer) => {
    const frame = toFrame(bytes.toString("utf8"));
    if (frame) obey(frame);
  });
  socket.on("close", () => {
    for (const stop of subscriptions.values()) stop();
  });
}

function toFrame(text: string): z.infer<typeof Frame> | undefined {
  try {
    return Frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The stream of that name for this account, or the error that the server of Mastodon sends. */
function toStream(
  name: string,
  tag: string | undefined,
  account: AccountRow | undefined,
): Stream | { error: string; status: number } {
  switch (name) {
    case "public":
    case "public:local":
      return { channel: name, name: [name] };
    case "hashtag":
    case "hashtag:local":
      if (!tag) return { error: "Missing tag name parameter", status: 400 };
      return { channel: `hashtag/${tag.toLowerCase()}`, name: [name, tag.toLowerCase()] };
    case "user":
    case "user:notification":
    case "direct":
      if (!account) return { error: "Missing access token", status: 401 };
      return { channel: `${name}/${account.id}`, name: [name] };
    default:
      return { error: "Unknown stream type", status: 400 };
  }
}
