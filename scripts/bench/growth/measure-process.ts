/** `node measure-process.ts <file or URL> <entries>`: opens a journal of that size, tells its parent what everything takes, and ends. */
import { systemClock } from "../../../connector/clock.ts";
import { openPostgresJournal } from "../../../connector/journal/postgres.ts";
import { openSqliteJournal } from "../../../connector/journal/sqlite.ts";
import { isOnServer } from "../../../connector/config/journal-place.ts";
import { timeOperations } from "./operations.ts";

const [place = "", entries = ""] = process.argv.slice(2);
const clock = systemClock;

const startedMs = performance.now();
const journal = isOnServer(place)
  ? await openPostgresJournal({ url: place, clock })
  : await openSqliteJournal({ file: place, clock });
const openMs = performance.now() - startedMs;
const times = await timeOperations(journal, Number(entries));
process.send?.({ openMs, ...times, rssBytes: process.memoryUsage().rss });
await journal[Symbol.asyncDispose]();
process.disconnect();
