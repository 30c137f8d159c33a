#!/usr/bin/env node
// The connector is TypeScript that Node 24 runs as it stands. An older Node hands over to the one that comes with the
// package "node".
import { spawn } from "node:child_process";
import { createRequire, enableCompileCache } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const LEAST = 24;

if (Number.parseInt(process.versions.node) >= LEAST) {
  // As --no-warnings does: of what this Node calls experimental the operator has nothing to mend.
  process.removeAllListeners("warning");
  // What was compiled once need not be again: the next start takes half the time, and needs no compiler of TypeScript, which takes
  // a hundred megabytes. In a folder of our own, for what lies there is run; where that cannot be written, nothing is kept.
  enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/earshot"));
  const { run } = await import("../connector/run.ts");
  await run();
} else {
  handOver();
}

function handOver() {
  const flags = createRequire(import.meta.url)("./node-flags.json");
  const args = [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(findNode(), args, { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal tells the other one itself.
  process.on("SIGINT", () => undefined);
  child.once("error", refuse);
  child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
}

function findNode() {
  try {
    const { resolve } = createRequire(import.meta.url);
    return join(dirname(resolve("node/package.json")), "bin", process.platform === "win32" ? "node.exe" : "node");
  } catch {
    return refuse();
  }
}

function refuse() {
  console.error("earshot: Node 24 is missing: run `npm ci` in Earshot's folder, or use Node 24 or newer");
  return process.exit(2);
}
