import type { Plugin } from "rollup";

/** Writes what a browser has no `process` and no `import.meta.env` for into the code. */
export function constants(mode: "development" | "production"): Plugin {
  return {
    name: "constants",
    transform: (code) => ({
      code: code.replaceAll("process.env.NODE_ENV", JSON.stringify(mode)).replaceAll("import.meta.env.SSR", "false"),
      map: null,
    }),
  };
}
