import fs from "node:fs/promises";
import path from "node:path";
import { bundle } from "./build/bundle.ts";
import { buildInputs, hashInputs } from "./build/input-hash.ts";
import type { Schema } from "../org/schema.ts";

const MODULES = path.resolve(import.meta.dirname, "../../node_modules");
const CACHE = path.join(MODULES, ".cache/earshot-console");
const PACKAGES = ["@lwc/rollup-plugin", "lightning-base-components", "rollup", "lwc"];

export interface ConsoleBuild {
  /** The folder that holds `main.js` and its parts. */
  readonly dir: string;
  /** False when an earlier build of the same inputs was there. */
  readonly isFresh: boolean;
}

export interface BuildOptions {
  readonly forceApp: string;
  /** Of the org the page is for: a component that imports a field the org lacks fails the build. */
  readonly schema: Schema;
  /** Of the package that the components are in; empty for none. */
  readonly namespace?: string;
  readonly cache?: string;
}

/**
 * Compiles the console's page with the components of `forceApp`. Equal inputs are built once: builders side by
 * side each write a folder of their own, and the first to finish gives it its final name.
 */
export async function buildConsole({
  forceApp,
  schema,
  namespace = "",
  cache = CACHE,
}: BuildOptions): Promise<ConsoleBuild> {
  const mode = process.env["NODE_ENV"] === "production" ? "production" : "development";
  const files = buildInputs(forceApp, import.meta.dirname);
  const dir = path.join(cache, hashInputs(files, [mode, namespace, ...(await packageVersions())]));
  if (await exists(dir)) return { dir, isFresh: false };

  await fs.mkdir(cache, { recursive: true });
  const outDir = await fs.mkdtemp(`${dir}.`);
  try {
    await bundle({ forceApp, namespace, isInSchema: inSchema(schema), mode, outDir });
    await fs.rename(outDir, dir);
  } catch (error) {
    await fs.rm(outDir, { recursive: true, force: true });
    if (!(await exists(dir))) throw error;
  }
  return { dir, isFresh: true };
}

/** The first step of a path may be a parent: `Case.Contact.Name`. */
function inSchema(schema: Schema): (object: string, field?: string) => boolean {
  return (object, field) => {
    const type = schema.object(object);
    return type !== undefined && (field === undefined || (type.field(field) ?? type.parent(field)) !== undefined);
  };
}

async function packageVersions(): Promise<string[]> {
  return Promise.all(
    PACKAGES.map(async (name) => {
      const { version } = JSON.parse(await fs.readFile(path.join(MODULES, name, "package.json"), "utf8")) as {
        version: string;
      };
      return `${name}@${version}`;
    }),
  );
}

const exists = (folder: string): Promise<boolean> =>
  fs.access(folder).then(
    () => true,
    () => false,
  );
