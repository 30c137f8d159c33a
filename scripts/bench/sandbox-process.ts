/**
 * The org and the network in a process of their own: `node sandbox-process.ts <dir>`. Says where they are when they listen,
 * answers every message with the processor time it has used, and ends when its parent does.
 */
import { openSandbox } from "../../sandbox/index.ts";
import type { Org } from "../../sandbox/org/index.ts";
import { authors, NETWORK_NAME } from "./crowd.ts";

/** The customers among the authors, each with the handle on record. */
function addContacts({ store }: Org): void {
  const admin = store.actor("ada@nordwind.example");
  if (admin === undefined) throw new Error("The sandbox org has no admin");
  store.transaction(() => {
    for (const { handle, display } of authors.filter(({ known }) => known)) {
      store.create(admin, "Contact", { LastName: display, Mastodon__c: `${handle}@${NETWORK_NAME}` });
    }
  });
}

const dir = process.argv[2];
if (dir === undefined) throw new Error("Name the folder: sandbox-process.ts <dir>");
const sandbox = await openSandbox({ dir, port: 0, networkPort: 0, console: false });
addContacts(sandbox.org);
process.on("message", () => process.send?.(process.cpuUsage()));
process.once("disconnect", () => process.exit(0));
process.send?.({
  orgUrl: sandbox.orgUrl,
  networkUrl: sandbox.networkUrl,
  orgId: sandbox.org.organizationId,
  connectorToken: sandbox.org.tokenFor("connector@nordwind.example"),
  networkToken: sandbox.company.token,
});
