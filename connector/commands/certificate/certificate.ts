import type { IsoTime, Key } from "../../model/glossary.ts";

/** Somewhere that a post's words are, were or could be. */
export interface CertifiedPlace {
  readonly room: "journal" | "CRM" | "network" | "logs" | "backups";
  /** For people: what it is called there. */
  readonly where: string;
  /** "words": the content is there. "unknown": it could not be looked at. "later": it goes by itself, `detail` says when. */
  readonly holds: "words" | "nothing" | "unknown" | "later";
  readonly detail: string;
}

/**
 * gone       deleted by its author, and nowhere with us any more
 * not held   nobody told us of a deletion, and we hold nothing of it (any more)
 * there      deleted, and its words are still somewhere
 * uncertain  deleted, found nowhere, but not every place could be looked at
 * stands     not deleted
 * unknown    we have never heard of it
 */
export type Outcome = "gone" | "not held" | "there" | "uncertain" | "stands" | "unknown";

/** What became of one post in every place. Holds nothing that tells of its content. */
export interface Certificate {
  readonly post: Key;
  /** When the places were looked at. */
  readonly at: IsoTime;
  /** When it was deleted, as far as we were told. */
  readonly goneAt: IsoTime | undefined;
  readonly places: readonly CertifiedPlace[];
  readonly outcome: Outcome;
  /** The outcome as a sentence, with what to do where something is to be done. */
  readonly verdict: string;
}
