import type { Chunk } from "../copying.ts";

/** A statement with its values, each a column. */
export type Statement = readonly [text: string, ...columns: (readonly unknown[])[]];

/** One statement for each table, its values by columns. */
export function toInserts(s: string, { entries = [], digests = [], documents = [] }: Chunk): readonly Statement[] {
  return [
    [
      `INSERT INTO ${s}.entry (log, seq, partition, key, value, appended_at) OVERRIDING SYSTEM VALUE
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::timestamptz[])`,
      entries.map(({ log }) => log),
      entries.map(({ seq }) => seq),
      entries.map(({ partition }) => partition),
      entries.map(({ key }) => key),
      entries.map(({ value }) => value),
      entries.map(({ appendedAt }) => appendedAt),
    ],
    [
      `INSERT INTO ${s}.seen (digest, log, appended_at)
       SELECT decode(a.digest, 'hex'), a.log, a.at FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS a (digest, log, at)`,
      digests.map(({ digest }) => digest),
      digests.map(({ log }) => log),
      digests.map(({ appendedAt }) => appendedAt),
    ],
    [
      `INSERT INTO ${s}.document (key, value, revision, writer)
       SELECT a.key, a.value, a.revision, gen_random_uuid() FROM unnest($1::text[], $2::text[], $3::bigint[]) AS a (key, value, revision)`,
      documents.map(({ key }) => key),
      documents.map(({ value }) => value),
      documents.map(({ revision }) => revision),
    ],
  ];
}
