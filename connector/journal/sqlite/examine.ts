import { execFile } from "node:child_process";
import { stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LogFigures } from "../log-figures.ts";

export interface FileFigures {
  /** Of the tables' form. */
  readonly version: number;
  readonly logs: readonly LogFigures[];
}

/** How a journal's file fares. */
export interface FileState extends FileFigures {
  /** With what stands beside it while it is open. */
  readonly bytes: number;
  readonly freeBytes: number;
  /** Where it is damaged; undefined: it could not be read to its end in time. */
  readonly faults: readonly string[] | undefined;
}

const LOOK_INTO = join(import.meta.dirname, "look-into.ts");

/** Looks into the file for at most `timeoutMs`, and changes nothing. Rejects where not even the figures can be read. */
export async function examineFile(file: string, timeoutMs: number, signal: AbortSignal): Promise<FileState> {
  const bytes = await Promise.all(["", "-wal"].map((end) => stat(`${file}${end}`).then((found) => found.size, toZero)));
  const { bavail, bsize } = await statfs(dirname(file));
  const [figures = "", faults] = await lookInto(file, timeoutMs, signal);
  return {
    ...(JSON.parse(figures) as FileFigures),
    bytes: bytes.reduce((sum, more) => sum + more, 0),
    freeBytes: bavail * bsize,
    faults: faults === undefined ? undefined : (JSON.parse(faults) as readonly string[]),
  };
}

const toZero = (): number => 0;

function lookInto(file: string, timeoutMs: number, signal: AbortSignal): Promise<readonly string[]> {
  const options = { timeout: timeoutMs, killSignal: "SIGKILL", signal } as const;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ["--no-warnings", LOOK_INTO, file], options, (error, output) => {
      const lines = output.split("\n").filter((line) => line !== "");
      if (lines.length > 0) resolve(lines);
      else reject(new Error("The file could not be looked into", { cause: error }));
    });
  });
}
