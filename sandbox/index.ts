import path from "node:path";
import { buildConsole, consoleApp } from "./console/index.ts";
import { holdFolder } from "./hold-folder.ts";
import { openNetwork, type NetworkOptions } from "./network/index.ts";
import { openOrg, type Org } from "./org/index.ts";
import { prepareAccounts } from "./samples/play.ts";
import { company } from "./samples/people.ts";
import { seedOrg } from "./seed-org.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
export const FORCE_APP = path.join(ROOT, "force-app/main/default");
const METADATA = [FORCE_APP, path.join(ROOT, "org-setup/main/default"), path.join(ROOT, "sandbox/org/customer-fields")];

export interface SandboxOptions {
  /** The folder of all state; ":memory:" keeps none. */
  readonly dir: string;
  /** Of the console and the org; 0: any free one. */
  readonly port: number;
  readonly networkPort: number;
  /** Of the org's change events; left out, nobody can subscribe to them. */
  readonly eventsPort?: number;
  /** Without it nobody can look at the org in a browser, and nothing has to be built. */
  readonly console: boolean;
  readonly now?: () => number;
  /** The longest post that the network takes, in characters; its own default where absent. */
  readonly textLimit?: number;
  /** How many calls the network allows one account; its own default where absent. */
  readonly networkCalls?: Required<Pick<NetworkOptions, "callLimit" | "callWindowMs">>;
  /** Metadata of this customer's own, in Salesforce's source format: read over ours. */
  readonly customer?: readonly string[];
  /** As an org has it that installed Earshot as a managed package with this namespace. */
  readonly namespace?: string;
}

/** A whole world to try Earshot in: an org with its console, and a network with the company's account. */
export interface Sandbox extends AsyncDisposable {
  readonly org: Org;
  readonly orgUrl: string;
  readonly networkUrl: string;
  /** `localhost:4311`, in plain text. */
  readonly eventsEndpoint?: string;
  /** The company's handle on the network and the token that its connector uses. */
  readonly company: { readonly handle: string; readonly token: string };
}

/** Opens the sandbox in a folder that is there; people, customers and accounts are there, nobody has said anything yet. */
export async function openSandbox({
  dir,
  port,
  networkPort,
  eventsPort,
  console,
  now,
  textLimit,
  networkCalls,
  customer = [],
  namespace = "",
}: SandboxOptions): Promise<Sandbox> {
  const clock = now === undefined ? {} : { now };
  const hold = dir === ":memory:" ? undefined : holdFolder(dir);
  const network = await openNetwork({
    dir,
    port: networkPort,
    ...clock,
    ...(textLimit === undefined ? {} : { textLimit }),
    ...networkCalls,
  });
  const org = await openOrg({ dir, metadata: [...METADATA, ...customer], namespace, ...clock });
  seedOrg(org);
  if (console) {
    const forceApp = org.packageFolder;
    const built = await buildConsole({ forceApp, namespace, schema: org.store.schema });
    org.app.use(consoleApp({ org, forceApp, builtDir: built.dir }));
  }
  const { url: orgUrl } = await org.listen(port);
  const events = eventsPort === undefined ? undefined : await org.listenPubSub(eventsPort);
  const tokens = await prepareAccounts({ networkUrl: network.url });
  return {
    org,
    orgUrl,
    networkUrl: network.url,
    ...(events === undefined ? {} : { eventsEndpoint: events.endpoint }),
    company: { handle: company.handle, token: tokens.get(company.handle) ?? "" },
    async [Symbol.asyncDispose]() {
      await org[Symbol.asyncDispose]();
      await network.close();
      hold?.[Symbol.dispose]();
    },
  };
}
