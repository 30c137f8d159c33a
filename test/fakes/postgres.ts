import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

/** A schema of its own on a real server, and gone with all it holds when it is disposed of. */
export interface PostgresPlace extends AsyncDisposable {
  /** Names the schema, which nobody has made yet. */
  readonly url: string;
  readonly schema: string;
  /** Runs a statement beside the journal, as the server's owner; `$schema` in it stands for the schema. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

let made = 0;

/** The server starts with the first place that this process asks for, and ends with the process. */
export async function openPostgresPlace(): Promise<PostgresPlace> {
  const server = await startServer();
  made += 1;
  const schema = `earshot_${process.pid}_${Date.now().toString(36)}_${made}`;
  const client = new pg.Client({ connectionString: server });
  // A test may end all connections there are.
  client.on("error", () => undefined);
  await client.connect();
  return {
    url: `${server}?schema=${schema}`,
    schema,
    query: async (text, values = []) => {
      const asked = text.replaceAll("$schema", schema);
      return (await client.query<Record<string, unknown>>(asked, [...values])).rows;
    },
    [Symbol.asyncDispose]: async () => {
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await client.end();
    },
  };
}

/** Test files that run in one process share the server: the next one finds the note of the first. */
async function startServer(): Promise<string> {
  const note = join(tmpdir(), `earshot-postgres-of-${process.pid}`);
  const running = await readFile(note, "utf8").catch(() => undefined);
  if (running !== undefined && (await isUp(running))) return running;
  const program = join(import.meta.dirname, "postgres-process.ts");
  const child = spawn(process.execPath, ["--no-warnings", program, note], { stdio: ["pipe", "pipe", "inherit"] });
  await Promise.race([once(child.stdout, "data"), once(child, "exit").then(refuse)]);
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as { unref(): void }).unref();
  return await readFile(note, "utf8");
}

function refuse(): never {
  throw new Error("The PostgreSQL server of the tests did not start: see what it wrote above.");
}

async function isUp(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
