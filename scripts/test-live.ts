import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Holds Earshot against what is not ours: `npm run test:live [-- JEST-ARGUMENTS]`. Installs the packages of test/live where
 * they are not there as its lock file says, checks its types and its style, and runs its tests.
 */
const root = path.resolve(import.meta.dirname, "..");
const live = path.join(root, "test/live");
const mark = path.join(live, "node_modules/.installed-by-lock");

function install(): void {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(live, "package-lock.json")))
    .digest("hex");
  if (readMark() === lock) return;
  const npm = process.env["npm_execpath"];
  if (npm === undefined) throw new Error("Start this with npm: npm run test:live");
  run([npm, "ci", "--no-audit", "--no-fund"], live);
  writeFileSync(mark, lock);
}

function readMark(): string | undefined {
  try {
    return readFileSync(mark, "utf8");
  } catch {
    return undefined;
  }
}

/** With the Node that runs this. Ends with the same code where it fails. */
function run(words: readonly string[], cwd = root): void {
  const { status } = spawnSync(process.execPath, words, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

install();
run(["node_modules/typescript/bin/tsc", "-p", live]);
run(["node_modules/eslint/bin/eslint.js", live]);
const jest = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js"];
run([...jest, "--config", path.join(live, "jest.config.js"), ...process.argv.slice(2)]);
