import type { IsoTime, Key } from "./glossary.ts";

/** Why a stretch was not heard when it was said. "not given": the network no longer gives it, only an import can bring it. */
export const GAP_CAUSES = [
  "unreachable",
  "stream dropped",
  "webhook silent",
  "token refused",
  "rate limit",
  "disk nearly full",
  "connector stopped",
  "not given",
] as const;

export type GapCause = (typeof GAP_CAUSES)[number];

/** A stretch that we have not heard when it was said. It closes only when what was missed has been brought. */
export interface Gap {
  readonly from: IsoTime;
  /** Up to where it reaches; undefined while it still grows. */
  readonly to?: IsoTime;
  readonly cause: GapCause;
  /** A sentence for the operator, without any text of a post. */
  readonly detail: string;
  readonly openedAt: IsoTime;
  readonly closedAt?: IsoTime;
  /** Entries that came while it was being filled, repetitions included. */
  readonly brought: number;
}

/** What one feed of one account has heard. */
export interface Coverage {
  /** As `Source.feeds` names it. */
  readonly feed: string;
  /** Where hearing began. */
  readonly since: IsoTime;
  /** All up to here has been heard, but for the open gaps. */
  readonly heardUntil: IsoTime | undefined;
  /** Oldest first; closed ones are kept for a while. */
  readonly gaps: readonly Gap[];
}

/** What one of our accounts has heard. */
export interface AccountCoverage {
  readonly account: Key;
  /** undefined: known from the journal only; this connector has not opened it, or not yet. */
  readonly handle: string | undefined;
  readonly feeds: readonly Coverage[];
}

/** Does this gap still stand? */
export function isOpen({ closedAt }: Gap): boolean {
  return closedAt === undefined;
}
