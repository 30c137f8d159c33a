import { toReadOnly } from "./read-only.ts";

export type WireConfig = Readonly<Record<string, unknown>>;

/** What the Lightning engine asks of a wire adapter; it makes one for each `@wire` of each element. */
export interface WireAdapter {
  connect(): void;
  update(config: WireConfig): void;
  disconnect(): void;
}

export type WireAdapterClass = new (provide: (value: unknown) => void) => WireAdapter;

export interface WireOutcome {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly refresh: () => Promise<void>;
}

export interface WireSource<Config extends WireConfig> {
  /** The configuration as the source needs it, or undefined as long as something is missing: then nothing is asked. */
  readonly toConfig: (config: WireConfig) => Config | undefined;
  readonly load: (config: Config) => Promise<unknown>;
  /** Calls back when what was loaded is out of date; answers how to stop listening. */
  readonly watch?: (config: Config, changed: () => void) => () => void;
  /** The value the component sees; `{ data, error }` if not given. */
  readonly toValue?: (outcome: WireOutcome) => unknown;
}

/** Makes a wire adapter. A late answer to an older configuration is dropped; an element that left hears nothing. */
export function toWireAdapter<Config extends WireConfig>(source: WireSource<Config>): WireAdapterClass {
  const toValue = source.toValue ?? (({ data, error }: WireOutcome) => ({ data, error }));
  // The engine constructs adapters with `new`; a constructor may answer a plain object.
  return function openAdapter(provide: (value: unknown) => void): WireAdapter {
    let turn = 0;
    let config: Config | undefined;
    let unwatch: (() => void) | undefined;

    const run = async (): Promise<void> => {
      if (config === undefined) return;
      const mine = ++turn;
      const outcome = await source.load(config).then(
        (data) => ({ data: toReadOnly(data) }),
        (error: unknown) => ({ error }),
      );
      if (mine === turn) provide(toValue({ data: undefined, error: undefined, ...outcome, refresh: run }));
    };
    const stop = (): void => {
      turn++;
      unwatch?.();
      unwatch = undefined;
    };
    const start = (): void => {
      stop();
      if (config !== undefined) unwatch = source.watch?.(config, () => void run());
      void run();
    };

    provide(toValue({ data: undefined, error: undefined, refresh: run }));
    return {
      connect: () => undefined,
      update(next) {
        config = source.toConfig(next);
        start();
      },
      disconnect: stop,
    };
  } as unknown as WireAdapterClass;
}
