/** Whoever brings posts into the org, in a process of its own: the connector, or the script written by hand. */
export interface Bringer extends AsyncDisposable {
  readonly startedMs: number;
  usage(): Promise<Usage>;
}

export interface Usage {
  /** Processor time since its process was started. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

export const toMb = (bytes: number): number => Math.round(bytes / 2 ** 20);
