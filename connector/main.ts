#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import path from "node:path";

// What was compiled once need not be again: the next start takes half the time, and a hundred megabytes less. In a folder of our
// own, for what lies there is run; where that cannot be written, nothing is kept.
enableCompileCache(path.join(import.meta.dirname, "../node_modules/.cache/earshot"));

const { run } = await import("./run.ts");
await run();
