import { KEYS, write, type Row, type ThinOrg } from "./org.ts";
import { query } from "./query.ts";

export interface Single {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

const UPSERT = /\/sobjects\/(\w+)\/\w+\/([^/]+)$/;
const CREATE = /\/sobjects\/(\w+)\/?$/;
let made = 0;

/** One record or query a call, as the script written by hand asks. */
export function answerSingle(org: ThinOrg, orgId: string, { method, url, body }: Single): object {
  const soql = url.searchParams.get("q");
  if (soql !== null) {
    const records = query(org, orgId, soql);
    return { totalSize: records.length, done: true, records };
  }
  const [, upserted, value] = UPSERT.exec(url.pathname) ?? [];
  const [, created] = CREATE.exec(url.pathname) ?? [];
  const type = upserted ?? created;
  if (type === undefined) throw new Error(`The thin org does not know ${url.pathname}`);
  const key = value === undefined ? `single-${++made}` : decodeURIComponent(value);
  const row = { attributes: { type }, ...(JSON.parse(body) as Row), [KEYS[type] ?? ""]: key };
  return write(org, method, row);
}
