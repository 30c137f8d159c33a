import { toWireAdapter, type WireAdapter } from "./wire-adapter.ts";

type Config = Readonly<{ id: string }>;

interface Asked {
  readonly id: string;
  answer(data: unknown): void;
  refuse(error: unknown): void;
}

/** A wire whose loads are answered by hand, and everything it handed to its component. */
function openWire(): {
  wire: WireAdapter;
  asked: Asked[];
  provided: unknown[];
  change: () => void;
  watching: () => number;
} {
  const asked: Asked[] = [];
  const provided: unknown[] = [];
  const watchers = new Set<() => void>();
  const Adapter = toWireAdapter<Config>({
    toConfig: ({ id }) => (typeof id === "string" ? { id } : undefined),
    load: ({ id }) => new Promise((answer, refuse) => asked.push({ id, answer, refuse })),
    watch: (_config, changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  });
  const wire = new Adapter((value) => provided.push(value));
  const change = (): void => {
    for (const changed of watchers) changed();
  };
  return { wire, asked, provided, change, watching: () => watchers.size };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

const empty = { data: undefined, error: undefined };

test("starts empty, asks for nothing without its configuration, then hands over read-only data", async () => {
  const { wire, asked, provided } = openWire();
  wire.connect();
  wire.update({});
  expect(asked).toEqual([]);
  wire.update({ id: "a" });
  asked[0]?.answer({ rows: [{ n: 1 }] });
  await settled();
  expect(provided).toEqual([empty, { data: { rows: [{ n: 1 }] }, error: undefined }]);
  const { data } = provided[1] as { data: { rows: { n: number }[] } };
  expect(() => data.rows.push({ n: 2 })).toThrow(TypeError);
});

test("drops a late answer to an older configuration", async () => {
  const { wire, asked, provided } = openWire();
  wire.update({ id: "a" });
  wire.update({ id: "b" });
  asked[1]?.answer("of b");
  await settled();
  asked[0]?.answer("of a");
  await settled();
  expect(provided).toEqual([empty, { data: "of b", error: undefined }]);
});

test("hands over what was refused as an error", async () => {
  const { wire, asked, provided } = openWire();
  wire.update({ id: "a" });
  asked[0]?.refuse("no");
  await settled();
  expect(provided[1]).toEqual({ data: undefined, error: "no" });
});

test("asks again when what it showed was changed, and hears nothing after it left", async () => {
  const { wire, asked, provided, change, watching } = openWire();
  wire.update({ id: "a" });
  change();
  expect(asked.map(({ id }) => id)).toEqual(["a", "a"]);
  wire.disconnect();
  expect(watching()).toBe(0);
  asked[1]?.answer("late");
  await settled();
  expect(provided).toEqual([empty]);
});
