import { resolve } from "node:path";

const SERVER = /^postgres(ql)?:\/\//i;
/** What is meant for a server, or written as if, and would be an odd name of a file. */
const ELSEWHERE = /^[a-z][\w+.:-]+:\/|^postgres(ql)?(:|\/\/)/i;
const WITH_PASSWORD = /^\w+:\/\/[^/@]*:.*@|[?&]password=/i;
const BY_ENVIRONMENT =
  "leave the password out of the file: put it into the environment variable EARSHOT_JOURNAL_PASSWORD";

/** Is this journal a PostgreSQL server's, which several connectors may share? Else it is a file. */
export function isOnServer(journal: string): boolean {
  return SERVER.test(journal);
}

/** What is wrong with the setting, as a remedy; undefined: nothing. */
export function toJournalFault(journal: string): string | undefined {
  if (isOnServer(journal)) return WITH_PASSWORD.test(journal) ? BY_ENVIRONMENT : undefined;
  if (ELSEWHERE.test(journal)) return "a file, or the address of a server as postgres://user@host:5432/database";
  return undefined;
}

/** A file is relative to the configuration's directory. */
export function toJournalPlace(journal: string, directory: string): string {
  return isOnServer(journal) ? journal : resolve(directory, journal);
}
