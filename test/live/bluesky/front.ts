import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Refused } from "../../fakes/bluesky/refusal.ts";
import type { Fault } from "../../fakes/bluesky/server.ts";

/** Where the world reaches a real server: all is passed on as it is, but for the faults that a test orders. */
export interface Front extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** What was asked for, in its order. */
  readonly asked: readonly string[];
  passOnTo(url: string): void;
  setFaults(faults: readonly Fault[]): void;
}

export async function openFront(): Promise<Front> {
  let target = "";
  let faults: readonly Fault[] = [];
  const asked: string[] = [];

  const server = createServer((incoming, response) => {
    asked.push((incoming.url ?? "").replace(/^\/xrpc\/|\?.*$/g, ""));
    const fault = faults.find(({ fits }) => fits.test(incoming.url ?? ""));
    if (fault?.act === "before") incoming.socket.destroy();
    else if (fault?.act instanceof Refused) refuse(response, fault.act);
    else if (fault?.act === "forget") response.writeHead(200, JSON_TYPE).end(JSON.stringify({ posts: [] }));
    else if (fault?.act === "after") {
      faults = faults.filter((one) => one !== fault);
      passOn(incoming, target, (answer) => answer.resume().once("end", () => incoming.socket.destroy()));
    } else {
      passOn(incoming, target, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
    }
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    port,
    asked,
    passOnTo: (url) => void (target = url),
    setFaults: (some) => void (faults = some),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const JSON_TYPE = { "Content-Type": "application/json" };

function passOn(incoming: IncomingMessage, target: string, take: (answer: IncomingMessage) => void): void {
  const { method, headers, url = "/" } = incoming;
  const outgoing = request(new URL(url, target), { method, headers }, take);
  outgoing.on("error", () => incoming.socket.destroy());
  incoming.pipe(outgoing);
}

function refuse(response: ServerResponse, { status, error, message }: Refused): void {
  const resetsAt = Math.ceil(Date.now() / 1000) + 30;
  const wait: Record<string, string> = status === 429 ? { "RateLimit-Reset": String(resetsAt) } : {};
  response.writeHead(status, { ...JSON_TYPE, ...wait }).end(JSON.stringify({ error, message }));
}
