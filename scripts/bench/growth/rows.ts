/** What a journal is filled with: small rows, ten seconds between two of them, those of a few accounts side by side. */
export const TRACKS = 32;
export const ACCOUNTS = 8;
export const VALUE = JSON.stringify({ type: "posted", post: { text: "My bag never arrived.", version: 0 } });

const FIRST_MS = Date.parse("2020-01-01T00:00:00.000Z");
const APART_MS = 10_000;

/** As they are written in SQL: the n-th row's key is `to-key`'s, its partition n % TRACKS. */
export const toKey = (n: number): string => `bench:account-${n % ACCOUNTS}/${String(n).padStart(12, "0")}#0`;

/** When the n-th row was appended. */
export const toTime = (n: number): string => new Date(FIRST_MS + n * APART_MS).toISOString();

/** The journal's seqs begin with 1, the rows with 0. */
export const toSeq = (n: number): number => n + 1;
