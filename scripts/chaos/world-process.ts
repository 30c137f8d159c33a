/**
 * The org and two networks in a process of their own: `node world-process.ts <dir> <host of the second network>`. The second
 * one takes no notice of idempotency keys. Says where they are when they listen, and ends when its parent does.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { openSandbox } from "../../sandbox/index.ts";
import { openNetwork } from "../../sandbox/network/index.ts";

const [, , dir = "", host = ""] = process.argv;
const otherDir = path.join(dir, "other");
mkdirSync(otherDir, { recursive: true });
// Whoever is told to slow down may go on soon: a run is short.
const networkCalls = { callLimit: 1_000_000, callWindowMs: 10_000 };
const sandbox = await openSandbox({ dir, port: 0, networkPort: 0, console: false, networkCalls });
const other = await openNetwork({ dir: otherDir, port: 0, domain: host, ...networkCalls });
process.once("disconnect", () => process.exit(0));
process.send?.({
  orgUrl: sandbox.orgUrl,
  orgId: sandbox.org.organizationId,
  tokens: Object.fromEntries(["rita", "ada"].map((name) => [name, sandbox.org.tokenFor(`${name}@nordwind.example`)])),
  networkUrls: [sandbox.networkUrl, other.url],
});
