import { toMachine } from "./machine.ts";
import { PARTS, type BenchOptions } from "./parts.ts";

export type PartName = keyof typeof PARTS;
export type Report = { readonly machine: ReturnType<typeof toMachine> } & {
  readonly [K in PartName]?: Awaited<ReturnType<(typeof PARTS)[K]["measure"]>>;
};

/** One part after the other, all on this machine. `onScene` is told what comes now. */
export async function runBench(
  names: readonly PartName[],
  options: BenchOptions,
  { signal, onScene }: { readonly signal: AbortSignal; readonly onScene: (scene: string) => void },
): Promise<Report> {
  const measured: [PartName, unknown][] = [];
  for (const name of names) {
    onScene(`${name}: ${PARTS[name].about}`);
    measured.push([name, await PARTS[name].measure(options, signal)]);
  }
  return { machine: toMachine(), ...Object.fromEntries(measured) };
}
