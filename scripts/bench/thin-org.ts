import path from "node:path";
import { z } from "zod";
import { startChild } from "./child.ts";
import type { World } from "./world.ts";

const PROCESS = path.resolve(import.meta.dirname, "thin-org-process.ts");

const Address = z.object({ url: z.string() });
const Usage = z.object({
  calls: z.number(),
  /** Calls that made posts. */
  batches: z.number(),
  posts: z.number(),
  tasks: z.number(),
  cases: z.number(),
  cpuSeconds: z.number(),
});

export type ThinOrgUsage = z.infer<typeof Usage>;

/** An org that costs next to nothing: what is slow with it is the connector. */
export interface ThinOrg extends AsyncDisposable {
  readonly url: string;
  usage(): Promise<ThinOrgUsage>;
}

export interface ThinOrgOptions {
  /** How long each call takes. */
  readonly callMs: number;
  /** So many calls are answered, and none after them; left out: all. */
  readonly answered?: number;
}

/** Beside a world whose network is the connector's. */
export async function openThinOrg(world: World, { callMs, answered }: ThinOrgOptions): Promise<ThinOrg> {
  const child = startChild({
    file: PROCESS,
    args: [world.orgId, String(callMs), ...(answered === undefined ? [] : [String(answered)])],
    log: path.join(world.dir, "thin-org.log"),
    signal: world.signal,
  });
  const { url } = Address.parse(await child.message());
  return {
    url,
    async usage() {
      child.process.send("usage");
      return Usage.parse(await child.message());
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
