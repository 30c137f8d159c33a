import { resolve } from "node:path";

const SERVER = /^postgres(ql)?:\/\//i;
const BY_ENVIRONMENT =
  "leave the password out of the file: put it into the environment variable EARSHOT_JOURNAL_PASSWORD";

/** Is this journal a PostgreSQL server's, which several connectors may share? Else it is a file. */
export function isOnServer(journal: string): boolean {
  return SERVER.test(journal);
}

/** What is wrong with the setting, as a remedy; undefined: nothing. */
export function toJournalFault(journal: string): string | undefined {
  if (!isOnServer(journal))
    return /^\w+:\/\//.test(journal)
      ? "a file, or the address of a server as postgres://user@host:5432/database"
      : undefined;
  return /^\w+:\/\/[^/@]*:[^/@]*@/.test(journal) ? BY_ENVIRONMENT : undefined;
}

/** A file is relative to the configuration's directory. */
export function toJournalPlace(journal: string, directory: string): string {
  return isOnServer(journal) ? journal : resolve(directory, journal);
}
