import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** A line to a server on this machine that can be cut. */
export interface CutLine extends AsyncDisposable {
  readonly port: number;
  /** The server's answer to the next request that holds these words is lost, and the connection with it. */
  loseAnswerTo(words: string): void;
  /** Ends all connections; from now on none is taken. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function openCutLine(target: number): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let words: string | undefined;

  function join(client: Socket): void {
    const server = connect(target, "127.0.0.1");
    let isLosing = false;
    const end = (): void => {
      for (const socket of [client, server]) socket.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (request) => {
      if (words !== undefined && request.includes(words)) {
        words = undefined;
        isLosing = true;
      }
      server.write(request);
    });
    server.on("data", (answer) => {
      if (isLosing) end();
      else client.write(answer);
    });
  }

  let listener = createServer(join);
  const port = await listen(listener, 0);
  const cut = async (): Promise<void> => {
    if (!listener.listening) return;
    const closed = once(listener, "close");
    listener.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    loseAnswerTo: (next) => (words = next),
    cut,
    mend: async () => {
      listener = createServer(join);
      await listen(listener, port);
    },
    [Symbol.asyncDispose]: cut,
  };
}

async function listen(listener: Server, port: number): Promise<number> {
  listener.listen(port, "127.0.0.1");
  await once(listener, "listening");
  return (listener.address() as AddressInfo).port;
}
