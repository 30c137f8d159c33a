import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openLines, type Life, type LifeOptions } from "./life.ts";

const CHILD = path.join(import.meta.dirname, "child.ts");

/** A connector in a process of its own, which dies by `kill -9`. */
export async function liveApart({ config, time, point }: LifeOptions): Promise<Life> {
  const lines = await openLines(config, point, () => child.kill("SIGKILL"));
  const argument = JSON.stringify({ config: lines.config, time, point });
  const child = spawn(process.execPath, ["--no-warnings", CHILD, argument], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const complaint: Buffer[] = [];
  child.stderr?.on("data", (some: Buffer) => complaint.push(some));
  const { promise: ready, resolve } = Promise.withResolvers<undefined>();
  let writes = 0;
  child.on("message", (told) => {
    const { writes: counted } = told as { readonly writes?: number };
    if (counted === undefined) resolve(undefined);
    else writes = counted;
  });

  async function see(): Promise<void> {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    if (signal === "SIGKILL") lines.fuse.blow();
    await lines[Symbol.asyncDispose]();
    resolve(undefined);
    if (signal !== "SIGKILL" && code !== 0)
      throw new Error(`The connector ended: ${Buffer.concat(complaint).toString()}`);
  }

  const over = see();
  return {
    fuse: {
      ...lines.fuse,
      get isBlown() {
        return lines.fuse.isBlown;
      },
      get counts() {
        return { ...lines.fuse.counts, "journal write": writes };
      },
    },
    ready,
    over,
    async stop() {
      if (child.connected) child.send("stop");
      await over;
    },
  };
}
