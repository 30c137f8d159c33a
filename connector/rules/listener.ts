import type { Key } from "../model/glossary.ts";

/** What to listen for beside what is said to us, made from a row or from the configuration. */
export interface Listener {
  readonly id: string;
  /** The account of ours that listens; undefined: each that can. */
  readonly account: Key | undefined;
  /** At least one: words or phrases. */
  readonly words: readonly string[];
  /** A post that has one of them is not wanted. */
  readonly excluded: readonly string[];
  /** Codes without a region; none: any language. */
  readonly languages: readonly string[];
}

/** Whether this listener is for this account. */
export function isFor({ account }: Listener, key: Key | undefined): boolean {
  return account === undefined || account === key;
}
