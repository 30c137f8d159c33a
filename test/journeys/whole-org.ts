import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { waitFor, type World } from "./world.ts";

/** Every column of every row, deleted ones and histories too, by the names of the objects; without what is left out here. */
export type WholeOrg = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const LEFT_OUT: ReadonlySet<string> = new Set(["LastModifiedDate", "LastModifiedById", "SystemModstamp"]);
/** So many looks of the connector for changes, and nothing changes: nothing is under way any more. */
const QUIET_CALLS = 4;

/** Reads what the org has stored, past its API and its permissions. */
export function readWholeOrg({ config, sandbox }: World): WholeOrg {
  using database = new DatabaseSync(path.join(path.dirname(config.journal), "org.sqlite"), { readOnly: true });
  const read = (object: string) => database.prepare(`SELECT * FROM "${object}" ORDER BY "Id"`).all().map(toColumns);
  return Object.fromEntries(sandbox.org.store.schema.objects.map(({ name }) => [name, read(name)]));
}

function toColumns(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.has(name)));
}

/** The places where these words stand: `<object>.<field>`. */
export function findWords(org: WholeOrg, words: string): readonly string[] {
  const places = Object.entries(org).flatMap(([object, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row)
        .filter(([, value]) => typeof value === "string" && value.includes(words))
        .map(([field]) => `${object}.${field}`),
    ),
  );
  return [...new Set(places)];
}

/** The org when all that was to follow has followed. */
export async function untilQuiet(world: World): Promise<WholeOrg> {
  let last = "";
  let since = 0;
  return await waitFor("the org to be quiet", async () => {
    const org = readWholeOrg(world);
    const [seen, calls] = [JSON.stringify(org), await countCalls(world)];
    if (seen !== last) since = calls;
    last = seen;
    return calls - since >= QUIET_CALLS && (await isIdle(world)) && org;
  });
}

async function countCalls({ sandbox }: World): Promise<number> {
  return ((await (await fetch(`${sandbox.orgUrl}/sandbox/calls`)).json()) as { used: number }).used;
}

/** No entry of any log waits or is under way. */
async function isIdle({ connector }: World): Promise<boolean> {
  const metrics = await (await fetch(`${connector.url}/metrics`)).text();
  const lags = metrics.split("\n").filter((line) => line.startsWith("earshot_lag_entries{"));
  return lags.every((line) => line.endsWith(" 0"));
}
