import path from "node:path";
import { z } from "zod";
import { startChild } from "../child.ts";
import { round } from "../figures.ts";
import { openStreamServer } from "../stream/stream-server.ts";

const SCRIPT = path.resolve(import.meta.dirname, "../stream/listener.ts");
const Heard = z.object({
  posts: z.number(),
  framesPerSecond: z.number(),
  cpuMicrosPerFrame: z.number(),
  /** Memory at most, less what the process had before. */
  addedMb: z.number(),
});

/** Bluesky's stream as fast as it is read, beside a listener that parses each frame. */
export async function measureStream(dir: string, frames: number, signal: AbortSignal) {
  await using server = await openStreamServer(frames);
  const hear = async (way: "earshot" | "by-hand") => {
    const log = path.join(dir, `stream-${way}.log`);
    await using child = startChild({ file: SCRIPT, args: [way, server.url, String(frames)], log, signal });
    return Heard.parse(await child.message());
  };
  const earshot = await hear("earshot");
  const byHand = await hear("by-hand");
  return { frames, ...earshot, byHand, ratio: round(byHand.cpuMicrosPerFrame / earshot.cpuMicrosPerFrame) };
}
