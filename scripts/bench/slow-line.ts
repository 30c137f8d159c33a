import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface SlowLine extends AsyncDisposable {
  readonly url: string;
}

/** A way to a server on this machine on which every question and its answer take so long together, as if it were far away. */
export async function openSlowLine(target: string, roundTripMs: number): Promise<SlowLine> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.on("data", (chunk) => setTimeout(() => to.write(chunk), roundTripMs / 2));
      from.on("close", () => {
        open.delete(from);
        setTimeout(() => to.destroy(), roundTripMs / 2);
      });
      // A broken connection closes, and that is told to the other side.
      from.on("error", () => undefined);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, "close");
    },
  };
}
