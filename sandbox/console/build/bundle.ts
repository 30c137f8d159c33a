import fs from "node:fs";
import path from "node:path";
import lwc from "@lwc/rollup-plugin";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup, type Plugin, type RollupLog } from "rollup";
import { listComponents } from "./component-list.ts";
import { constants } from "./constants.ts";
import { folderFiles } from "./folder-files.ts";
import { scopedImports, type IsInSchema } from "./scoped-imports.ts";
import { slimIcons } from "./slim-icons.ts";
import { stripTypes } from "./strip-types.ts";

const CONSOLE = path.resolve(import.meta.dirname, "..");
const PAGE = path.join(CONSOLE, "page");

export interface BundleOptions {
  readonly forceApp: string;
  /** Of the package that the components are in; empty for none. */
  readonly namespace: string;
  readonly isInSchema: IsInSchema;
  readonly mode: "development" | "production";
  readonly outDir: string;
}

/** Compiles the page and the components of `forceApp`, unchanged, to ES modules in `outDir`. Throws what fails. */
export async function bundle({ forceApp, namespace, isInSchema, mode, outDir }: BundleOptions): Promise<void> {
  const components = listComponents(forceApp);
  const build = await rollup({
    input: path.join(PAGE, "main.ts"),
    plugins: [
      stripTypes(),
      componentLoaders(forceApp, namespace),
      scopedImports({ forceApp, namespace, page: PAGE, isInSchema }),
      slimIcons([...folderFiles(path.join(forceApp, "lwc")), ...folderFiles(CONSOLE)]),
      constants(mode),
      lwc({
        rootDir: PAGE,
        // Ours come before the base components', so that the org's own modules win.
        modules: [
          ...components.map(({ name, entry }) => ({ name: `c/${name}`, path: entry })),
          ...orgModules(),
          { npm: "lightning-base-components" },
        ],
        exclude: [/\0/],
        enableDynamicComponents: true,
        enableLwcOn: true,
        apiVersion: 66,
      }),
      nodeResolve({ browser: true }),
    ],
    onwarn: refuseUnresolved,
  });
  await build.write({
    dir: outDir,
    format: "esm",
    entryFileNames: "main.js",
    chunkFileNames: "parts/[name]-[hash].js",
  });
  await build.close();
}

/** `lightning/…` modules that an org provides and the open-source base components lack. */
function orgModules(): { name: string; path: string }[] {
  const folder = path.join(CONSOLE, "lightning");
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => ({ name: `lightning/${path.basename(file, ".ts")}`, path: path.join(folder, file) }));
}

/** The module `earshot:components`: by name (`c:socialTimeline`), how to load each component that may stand on a page. */
function componentLoaders(forceApp: string, namespace: string): Plugin {
  return {
    name: "component-loaders",
    resolveId: (id) => (id === "earshot:components" ? `\0${id}` : null),
    load(id) {
      if (id !== "\0earshot:components") return null;
      const loaders = listComponents(forceApp)
        .filter(({ isExposed }) => isExposed)
        .map(({ name }) => `${JSON.stringify(`${namespace || "c"}:${name}`)}: () => import("c/${name}")`);
      return `export default { ${loaders.join(", ")} };\n`;
    },
  };
}

/** A missing module would break the page only when it is opened, so it fails the build. */
function refuseUnresolved(warning: RollupLog, pass: (warning: RollupLog) => void): void {
  if (warning.code === "UNRESOLVED_IMPORT") {
    throw new Error(`${warning.id ?? "A module"} imports ${warning.exporter ?? "a module"}, which nothing provides.`);
  }
  const isForeign =
    warning.loc?.file?.includes("node_modules") === true || warning.id?.includes("node_modules") === true;
  if (!isForeign && warning.code !== "CIRCULAR_DEPENDENCY") pass(warning);
}
