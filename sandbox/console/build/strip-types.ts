import { stripTypeScriptTypes } from "node:module";
import type { Plugin } from "rollup";

/** Takes the types off the page's own TypeScript before the Lightning compiler sees it. */
export function stripTypes(): Plugin {
  return {
    name: "strip-types",
    transform: {
      order: "pre",
      handler: (code, id) => (/\.ts(\?|$)/.test(id) ? { code: stripTypeScriptTypes(code), map: null } : null),
    },
  };
}
