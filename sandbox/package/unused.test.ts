import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { installPackage } from "./install.ts";
import { isUsed } from "./unused.ts";

const HOUR_MS = 60 * 60 * 1000;
let scratch: string;
let cache: string;
let source: string;

beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "earshot-package-"));
  cache = path.join(scratch, "cache");
  source = path.join(scratch, "source");
  write("first");
});
afterEach(() => fs.rmSync(scratch, { recursive: true }));

function write(label: string): void {
  fs.mkdirSync(path.join(source, "tabs"), { recursive: true });
  fs.writeFileSync(path.join(source, "tabs/Inbox.tab-meta.xml"), `<CustomTab><label>${label}</label></CustomTab>`);
}

/** The folder that an installation stands in. */
const install = (): string => path.dirname(installPackage([source], "acme", cache)[0] ?? "");

function usedHoursAgo(folder: string, hours: number): void {
  expect(isUsed(folder, Date.now() - hours * HOUR_MS)).toBe(true);
}

test("a copy of metadata that has changed since is kept for a day, and goes with the next copy", () => {
  const [first, second] = [install(), (write("second"), install())];
  usedHoursAgo(first, 23);
  write("third");
  const third = install();
  expect(
    fs
      .readdirSync(cache)
      .map((name) => path.join(cache, name))
      .sort(),
  ).toEqual([first, second, third].sort());

  usedHoursAgo(first, 25);
  write("fourth");
  const fourth = install();
  expect(fs.existsSync(first)).toBe(false);
  expect([second, third, fourth].every((folder) => fs.existsSync(folder))).toBe(true);
});

test("a copy that is used again is not unused, however old it is", () => {
  const first = install();
  usedHoursAgo(first, 100);
  expect(install()).toBe(first);
  write("second");
  install();
  expect(fs.readdirSync(path.join(first, "0/tabs"))).toEqual(["acme__Inbox.tab-meta.xml"]);
});

test("two processes that tidy up at once are in nobody's way", async () => {
  const folders = ["one", "two", "three"].map((label) => (write(label), install()));
  for (const folder of folders) usedHoursAgo(folder, 25);
  const program = `import { removeUnused } from ${JSON.stringify(path.resolve(import.meta.dirname, "unused.ts"))};
    removeUnused(${JSON.stringify(cache)});`;
  const tidy = () => promisify(execFile)(process.execPath, ["--no-warnings", "--input-type=module", "-e", program]);
  await Promise.all([tidy(), tidy()]);
  expect(fs.readdirSync(cache)).toEqual([]);
});
