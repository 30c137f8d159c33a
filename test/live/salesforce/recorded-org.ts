import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openOrg } from "../../../sandbox/org/index.ts";
import type { Org } from "../../../sandbox/org/index.ts";

const ROOT = join(import.meta.dirname, "../../..");
const METADATA = ["force-app/main/default", "org-setup/main/default", "sandbox/org/customer-fields"];

/** The stand-in org, on a line that remembers what came over it. */
export interface RecordedOrg extends AsyncDisposable {
  readonly org: Org;
  readonly url: string;
  /** `GET /services/data 200`, since it was last asked for; queries by what they ask for. */
  calls(): readonly string[];
}

export async function openRecordedOrg(): Promise<RecordedOrg> {
  const org = await openOrg({ dir: ":memory:", metadata: METADATA.map((folder) => join(ROOT, folder)) });
  let calls: string[] = [];
  const server = createServer((request, response) => {
    const asked = `${request.method ?? ""} ${toShort(request.url ?? "")}`;
    response.once("finish", () => calls.push(`${asked} ${response.statusCode}`));
    org.app(request, response);
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  return {
    org,
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    calls: () => {
      const since = calls;
      calls = [];
      return since;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      await org[Symbol.asyncDispose]();
    },
  };
}

function toShort(path: string): string {
  const { pathname, searchParams } = new URL(path.replace(/^\/+/, "/"), "http://org");
  const from = / FROM (\w+)/i.exec(searchParams.get("q") ?? "")?.[1];
  const columns = searchParams.has("columns") ? " (columns)" : "";
  return `${pathname.replace(/\w{16}AA$/, "{id}")}${from === undefined ? "" : ` ${from}`}${columns}`;
}
