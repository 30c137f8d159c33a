import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadSync, type ServiceDefinition } from "@grpc/proto-loader";
import type { PubSubParts } from "./caller.ts";
import { toCalls } from "./calls.ts";
import { protoFile, serviceName } from "./messages.ts";

/** Both in PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

export interface PubSubServer {
  /** `localhost:7443` */
  readonly endpoint: string;
  /** Cuts all lines, as a network does. */
  drop(): void;
  close(): Promise<void>;
}

/** How long a stream is silent at most. Salesforce promises a word within 270 seconds. */
const keepAliveMs = 240_000;

/** Serves the event bus on this port of the loopback interface: in plain text, unless there is a key and its certificate. */
export async function servePubSub(parts: Omit<PubSubParts, "cut">, port: number, tls?: Tls): Promise<PubSubServer> {
  const sockets = new Set<Socket>();
  const cut = (peer: string): void => {
    for (const socket of sockets) if (peer.endsWith(`:${socket.remotePort ?? 0}`)) socket.destroy();
  };
  const service = loadSync(protoFile, { keepCase: true, defaults: true, enums: String })[serviceName];
  const grpc = new Server();
  const calls: object = toCalls({ ...parts, cut });
  grpc.addService(service as ServiceDefinition, calls as UntypedServiceImplementation);
  const injector = grpc.createConnectionInjector(toCredentials(tls));
  // gRPC gives away no sockets; who cuts a line needs one.
  const lines = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    injector.injectConnection(socket);
  });
  lines.listen(port, "127.0.0.1");
  await once(lines, "listening");
  const timer = setInterval(() => parts.bus.keepAlive(), keepAliveMs).unref();

  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    endpoint: `localhost:${(lines.address() as AddressInfo).port}`,
    drop,
    close: async () => {
      clearInterval(timer);
      lines.close();
      grpc.forceShutdown();
      drop();
      await once(lines, "close");
    },
  };
}

function toCredentials(tls: Tls | undefined): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  return ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }]);
}
