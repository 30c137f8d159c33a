import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..");

/** Rooms, and which rooms each may import beside itself. The first pattern that fits a file names its room. */
const ROOMS: readonly { room: string; fits: RegExp; may: readonly string[] }[] = [
  { room: "clock", fits: /^connector\/clock\.ts$/, may: ["model"] },
  { room: "errors", fits: /^connector\/errors\.ts$/, may: [] },
  { room: "telemetry", fits: /^connector\/telemetry(\/.+)?\.ts$/, may: ["errors"] },
  { room: "model", fits: /^connector\/model\//, may: [] },
  { room: "journal contract", fits: /^connector\/journal\/(journal|copying)\.ts$/, may: ["model"] },
  { room: "journal", fits: /^connector\/journal\//, may: ["model", "journal contract"] },
  { room: "feed contract", fits: /^connector\/flow\/feed\.ts$/, may: ["model"] },
  { room: "flow", fits: /^connector\/flow\//, may: ["model", "journal contract", "feed contract"] },
  { room: "understanding", fits: /^connector\/understanding\//, may: ["model"] },
  { room: "identity", fits: /^connector\/identity\//, may: ["model"] },
  { room: "rules", fits: /^connector\/rules\//, may: ["model"] },
  { room: "source contract", fits: /^connector\/sources\/source\.ts$/, may: ["model", "feed contract"] },
  { room: "asking", fits: /^connector\/sources\/asking\//, may: ["model", "token"] },
  { room: "replying", fits: /^connector\/sources\/replying\//, may: ["model", "source contract"] },
  { room: "token", fits: /^connector\/sources\/token\.ts$/, may: [] },
  {
    room: "sources",
    fits: /^connector\/sources\//,
    may: ["model", "flow", "feed contract", "source contract", "asking", "replying", "token"],
  },
  { room: "crm contract", fits: /^connector\/crm\/crm\.ts$/, may: ["model", "feed contract"] },
  {
    room: "budget",
    fits: /^connector\/crm\/budget(\.ts$|\/)/,
    may: ["model", "flow", "feed contract", "journal contract"],
  },
  { room: "crm", fits: /^connector\/crm\//, may: ["model", "flow", "feed contract", "crm contract", "budget"] },
  {
    room: "pipeline",
    fits: /^connector\/pipeline\//,
    may: ["model", "understanding", "identity", "rules", "crm contract", "source contract"],
  },
  {
    room: "loop",
    fits: /^connector\/(recorder|sender|follower|reporter|retention|ledger|tombstones|doubts|coverage|rechecker)(\.ts$|\/)/,
    may: ["model", "flow", "pipeline", "journal contract", "feed contract", "crm contract", "source contract"],
  },
  { room: "moving", fits: /^connector\/moving\//, may: ["model", "flow", "loop", "journal contract"] },
  { room: "config", fits: /^connector\/config(\.ts$|\/)/, may: [] },
  {
    room: "http",
    fits: /^connector\/http\//,
    may: ["model", "config", "journal contract", "crm contract", "source contract"],
  },
  { room: "wire", fits: /^connector\/wire(\.ts$|\/)/, may: ["*"] },
  {
    room: "commands",
    fits: /^connector\/commands\//,
    may: ["model", "config", "wire", "flow", "loop", "moving", "journal contract", "crm contract", "source contract"],
  },
  { room: "main", fits: /^connector\/(main|run)\.ts$/, may: ["wire", "commands"] },
  { room: "sandbox", fits: /^sandbox\//, may: [] },
];
/** Importable by every room of the connector. */
const BY_ALL = ["clock", "errors", "telemetry"];

interface SourceFile {
  readonly path: string;
  readonly imports: readonly string[];
}

const files = ["connector", "sandbox"].flatMap(readTree).filter(({ path }) => !path.endsWith(".test.ts"));

function readTree(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name))
    .map((path) => ({ path, imports: readImports(path) }));
}

function readImports(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  const specifiers = [...text.matchAll(/^(?:import|export)\b[^;]*?from\s+"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gms)];
  return specifiers.map(([, named, lazy]) => relative(ROOT, resolve(ROOT, dirname(path), named ?? lazy ?? "")));
}

function toRoom(path: string) {
  return ROOMS.find(({ fits }) => fits.test(path));
}

test("every file of the connector stands in a room of the design", () => {
  const homeless = files.map(({ path }) => path).filter((path) => toRoom(path) === undefined);
  expect(homeless).toEqual([]);
});

test("no file imports what its room may not import", () => {
  const breaches = files.flatMap(({ path, imports }) => {
    const from = toRoom(path);
    return imports
      .map((target) => ({ target, to: toRoom(target) }))
      .filter(({ to }) => to !== undefined && from !== undefined && !mayImport(from, to))
      .map(({ target }) => `${path} imports ${target}`);
  });
  expect(breaches).toEqual([]);
});

function mayImport(from: (typeof ROOMS)[number], to: (typeof ROOMS)[number]): boolean {
  if (from.room === to.room || from.may.includes("*")) return true;
  return from.may.includes(to.room) || (from.room !== "sandbox" && BY_ALL.includes(to.room));
}

/** What all networks share: no network's words stand there. */
const SHARED = /^connector\/sources\/(asking|replying)\//;

test("sources do not import each other, nor do CRMs", () => {
  const breaches = files.flatMap(({ path, imports }) => {
    const own = /^connector\/(sources|crm)\/([^/]+)\//.exec(path);
    const others = imports.filter((target) => {
      const other = /^connector\/(sources|crm)\/([^/]+)\//.exec(target);
      return own !== null && other !== null && !SHARED.test(target) && (other[1] !== own[1] || other[2] !== own[2]);
    });
    return others.map((target) => `${path} imports ${target}`);
  });
  expect(breaches).toEqual([]);
});

test("no imports go round in a circle", () => {
  const graph = new Map(files.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  expect(circles).toEqual([]);
});

test("API names of the CRM are spelt in fields.ts only", () => {
  const spelt = files
    .filter(({ path }) => path.startsWith("connector/") && !path.endsWith("/fields.ts"))
    .filter(({ path }) => /\b\w+__(c|r)\b/.test(toCode(readFileSync(join(ROOT, path), "utf8"))))
    .map(({ path }) => path);
  expect(spelt).toEqual([]);
});

/** Without comments: they may speak of a field by its name. */
function toCode(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}
