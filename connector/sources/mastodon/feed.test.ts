import { once } from "node:events";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { manualClock } from "../../../test/fakes/manual-clock.ts";
import { until } from "../../../test/fakes/until.ts";
import { Unavailable } from "../../errors.ts";
import type { Page } from "../../flow/feed.ts";
import { toDeletedEvent } from "../../model/post.ts";
import type { PostEvent } from "../../model/post.ts";
import { toFixedToken } from "../token.ts";
import { toFeed } from "./feed.ts";
import type { Lane } from "./feed.ts";

/** A stream that tells of deletions, and a list that answers as told; the feed has read its first page. */
async function openScene() {
  const clock = manualClock();
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen");
  const sockets: WebSocket[] = [];
  server.on("connection", (socket) => sockets.push(socket));

  let heard = 0;
  let answer: Lane["list"] = () => Promise.resolve([]);
  const lane: Lane = {
    stream: "user",
    list: (after, signal) => answer(after, signal),
    fromList: () => undefined,
    fromStream: ({ payload }) => {
      heard += 1;
      return toDeletedEvent(String(payload), clock.now());
    },
  };
  const stopping = new AbortController();
  const open = toFeed(lane, { streamingUrl: `ws://127.0.0.1:${address.port}`, token: toFixedToken("token"), clock });
  const pages = open('{"from":"0","newest":"0"}', stopping.signal)[Symbol.asyncIterator]();
  await pages.next();
  await until(() => sockets.length === 1);
  return {
    /** The next page's deletions; undefined: the feed has ended. */
    next: async () => {
      const page: IteratorResult<Page<PostEvent>, unknown> = await pages.next();
      return page.done === true ? undefined : page.value.items.map((event) => event.key);
    },
    tell: async (id: string) => {
      const before = heard;
      sockets[0]?.send(JSON.stringify({ event: "delete", payload: id }));
      await until(() => heard > before);
    },
    /** What the list answers from now on. */
    answer: (list: Lane["list"]) => (answer = list),
    stop: () => stopping.abort(),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await pages.return?.();
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

test("passes on a deletion before it reads the list", async () => {
  await using scene = await openScene();
  await scene.tell("7");
  scene.answer(() => Promise.reject(new Unavailable("Slow down")));
  expect(await scene.next()).toEqual(["7#gone"]);
  await expect(scene.next()).rejects.toThrow("Slow down");
});

test("passes on what it heard while the list failed, then fails", async () => {
  await using scene = await openScene();
  let fail = (): void => undefined;
  scene.answer(() => new Promise((_resolve, reject) => (fail = () => reject(new Unavailable("Slow down")))));
  const next = scene.next();
  await scene.tell("7");
  fail();
  expect(await next).toEqual(["7#gone"]);
  await expect(scene.next()).rejects.toThrow("Slow down");
});

test("passes on what it heard when it is stopped, then ends", async () => {
  await using scene = await openScene();
  await scene.tell("7");
  scene.stop();
  expect(await scene.next()).toEqual(["7#gone"]);
  expect(await scene.next()).toBeUndefined();
});
