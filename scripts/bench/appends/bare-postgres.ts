import type { Postgres } from "../postgres/server.ts";
import type { Appender } from "./appender.ts";

const INSERT = {
  name: "bare",
  text: `INSERT INTO bare (log, partition, key, appended_at, value)
    SELECT 'posts', partition, key, now(), value FROM unnest($1::int[], $2::text[], $3::text[]) AS batch (partition, key, value)`,
};

/** What one writes without a journal: a table with the columns of an entry, and one statement for each batch. */
export async function openBarePostgres(server: Postgres, database: string, writers: number): Promise<Appender> {
  const clients = await Promise.all(Array.from({ length: writers }, () => server.connect(database)));
  await clients[0]?.query(`
    CREATE TABLE bare (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, log text NOT NULL, partition integer NOT NULL,
      key text COLLATE "C" NOT NULL, appended_at timestamptz NOT NULL, value text NOT NULL
    )`);
  return {
    async append(writer, batch) {
      const values = [
        batch.map(({ partition }) => partition),
        batch.map(({ key }) => key),
        batch.map(({ value }) => value),
      ];
      await clients[writer]?.query({ ...INSERT, values });
    },
    async [Symbol.asyncDispose]() {
      await clients[0]?.query("DROP TABLE bare");
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}
