import jsforce, { type Connection } from "jsforce";
import { openOrg, type Org, type OrgOptions } from "../index.ts";

/** The metadata that `npm start` runs with. */
export const sourceFolders = ["force-app/main/default", "org-setup/main/default", "sandbox/org/customer-fields"];

export type Who = "rita" | "sam" | "cora" | "nora" | "ada" | "connector";

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface TestOrg extends AsyncDisposable {
  readonly org: Org;
  readonly url: string;
  /** A jsforce connection that acts as this user. */
  as(who: Who): Connection;
  /** A plain call: `GET /services/data/v66.0/limits`. Paths that begin with another slash are below the newest version. */
  call(who: Who, request: string, ask?: Ask): Promise<Reply>;
}

/** An org in memory, with force-app as it is, served on a free port. */
export async function openTestOrg(options: Partial<OrgOptions> = {}): Promise<TestOrg> {
  const org = await openOrg({ dir: ":memory:", metadata: sourceFolders, ...options });
  const { url } = await org.listen(0);
  const tokenFor = (who: Who): string => org.tokenFor(`${who}@nordwind.example`);

  async function call(who: Who, request: string, { body, headers }: Ask = {}): Promise<Reply> {
    const [method = "GET", path = "/"] = request.split(/ (.*)/s);
    const answer = await fetch(path.startsWith("/services") ? url + path : `${url}/services/data/v66.0${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenFor(who)}`, "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: isJson(answer) ? JSON.parse(text) : text };
  }

  return {
    org,
    url,
    as: (who) => new jsforce.Connection({ instanceUrl: url, accessToken: tokenFor(who), version: "66.0" }),
    call,
    [Symbol.asyncDispose]: () => org[Symbol.asyncDispose](),
  };
}

function isJson(answer: Response): boolean {
  return answer.headers.get("content-type")?.includes("json") === true;
}

export function queryPath(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`;
}
