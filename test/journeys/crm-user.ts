import type { Spelling } from "../../sandbox/package/names.ts";

export type CrmRow = Readonly<Record<string, unknown>> & { readonly Id: string };

/** What Salesforce refused, by its code and words. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Somebody who uses the org by its REST API. */
export interface CrmUser {
  query(soql: string): Promise<readonly CrmRow[]>;
  create(object: string, fields: Readonly<Record<string, unknown>>): Promise<string>;
  update(object: string, id: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
  remove(object: string, id: string): Promise<void>;
}

const asWritten: Spelling = { own: (text) => text, plain: (text) => text };

/** Names of the package are spoken as its authors write them, in a namespaced org, too: `spelling` is that org's. */
export function openCrmUser(orgUrl: string, token: string, spelling = asWritten): CrmUser {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${orgUrl}/services/data/v66.0/${spelling.own(path)}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "Sforce-Auto-Assign": "FALSE" },
      ...(body === undefined ? {} : { body: spelling.own(JSON.stringify(body)) }),
    });
    if (response.status === 204) return undefined;
    const answer: unknown = JSON.parse(spelling.plain(await response.text()));
    if (response.ok) return answer;
    const [error] = answer as { errorCode: string; message: string }[];
    throw new Refused(error?.errorCode ?? String(response.status), error?.message ?? "");
  }
  return {
    query: async (soql) =>
      ((await ask("GET", `query?q=${encodeURIComponent(spelling.own(soql))}`)) as { records: CrmRow[] }).records,
    create: async (object, fields) => ((await ask("POST", `sobjects/${object}`, fields)) as { id: string }).id,
    async update(object, id, fields) {
      await ask("PATCH", `sobjects/${object}/${id}`, fields);
    },
    async remove(object, id) {
      await ask("DELETE", `sobjects/${object}/${id}`);
    },
  };
}

/** The Id of the first row that somebody finds; throws where there is none. */
export async function findId(by: CrmUser, soql: string): Promise<string> {
  const [row] = await by.query(soql);
  if (row === undefined) throw new Error(`Nothing is found by ${soql}`);
  return row.Id;
}

/** The Id of one of the company's people. */
export function findUserId(by: CrmUser, name: string): Promise<string> {
  return findId(by, `SELECT Id FROM User WHERE Username = '${name}@nordwind.example'`);
}
