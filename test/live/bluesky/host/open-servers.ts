import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secp256k1Keypair } from "@atproto/crypto";
import { envToCfg, envToSecrets, PDS } from "@atproto/pds";
import * as plcPackage from "@did-plc/server";
import { ADMIN_PASSWORD, CHAT_DID, INDEX_DID } from "./orders.ts";
import type { Opened, Surroundings } from "./orders.ts";

export interface Servers extends AsyncDisposable, Opened {
  /** How far the server's stream has got. */
  position(): Promise<number>;
}

/** A real directory of accounts and a real server for them, empty, on free ports and in a folder that goes with them. */
export async function openServers({ publicPort, indexUrl }: Surroundings): Promise<Servers> {
  const directory = plcPackage.PlcServer.create({ db: plcPackage.Database.mock(), port: 0 });
  const plc = toUrl((await directory.start()).address());
  const folder = await mkdtemp(join(tmpdir(), "earshot-pds-"));
  const rotation = await Secp256k1Keypair.create({ exportable: true });
  const environment = {
    devMode: true,
    hostname: "localhost",
    port: publicPort,
    dataDirectory: folder,
    blobstoreDiskLocation: join(folder, "blobs"),
    didPlcUrl: plc,
    recoveryDidKey: (await Secp256k1Keypair.create()).did(),
    plcRotationKeyK256PrivateKeyHex: Buffer.from(await rotation.export()).toString("hex"),
    adminPassword: ADMIN_PASSWORD,
    jwtSecret: randomBytes(16).toString("hex"),
    serviceHandleDomains: [".test"],
    inviteRequired: false,
    bskyAppViewUrl: indexUrl,
    bskyAppViewDid: INDEX_DID,
    disableSsrfProtection: true,
    rateLimitsEnabled: false,
    crawlers: [],
  };
  const settings = envToCfg(environment);
  // The world is told of the public port, which passes on to this one.
  settings.service.port = 0;
  const server = await PDS.create(settings, envToSecrets(environment));
  const listener = await server.start();
  if (!listener.listening) await once(listener, "listening");
  await server.ctx.didCache.cacheDid(CHAT_DID, toChatDocument(indexUrl));
  return {
    plc,
    pds: toUrl(listener.address()),
    position: async () => (await server.ctx.sequencer.curr()) ?? 0,
    [Symbol.asyncDispose]: async () => {
      await server.destroy();
      await directory.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function toUrl(address: string | AddressInfo | null): string {
  if (address === null || typeof address === "string") throw new Error("The server listens nowhere");
  return `http://localhost:${address.port}`;
}

/** The chat is no part of a server and is found by its name, which is looked up here instead of in the world. */
function toChatDocument(serviceEndpoint: string) {
  return { id: CHAT_DID, service: [{ id: "#bsky_chat", type: "BskyChatService", serviceEndpoint }] };
}
