import type { IsoTime } from "../model/glossary.ts";

/** How much of a log waits to be handed on. */
export interface LogFigures {
  readonly log: string;
  /** undefined: there may be too many to count. */
  readonly entries?: number;
  /** Not yet handed on. */
  readonly waiting: number;
  /** When the first of these was heard. */
  readonly waitsSince: IsoTime | null;
}
