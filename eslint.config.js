import { existsSync } from "node:fs";
import js from "@eslint/js";
import lwc from "@salesforce/eslint-config-lwc/recommended.js";
import { defineConfig, globalIgnores } from "eslint/config";
import jestPlugin from "eslint-plugin-jest";
import globals from "globals";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores(["node_modules", "test-results", "coverage", ".earshot", "**/dist"]),
  // Without its packages, which npm run test:live installs, nothing is known of its types.
  ...(existsSync("test/live/node_modules") ? [] : [globalIgnores(["test/live"])]),
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["*.js", "bin/*.js", "test/**/*.cjs", "sandbox/console/**/*.js", "sandbox/network/**/*.js"],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
  { files: ["force-app/main/default/lwc/**/*.js"], extends: [lwc] },
  {
    files: ["force-app/main/default/lwc/**/*.js"],
    ignores: ["**/socialNames/**", "**/__tests__/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          name: "lightning/graphql",
          importNames: ["gql"],
          message: "Take gql of c/socialNames: it works in a package with a namespace, too.",
        },
      ],
    },
  },
  {
    files: ["force-app/main/default/lwc/**/*.test.js"],
    plugins: { jest: jestPlugin },
    rules: { "@lwc/lwc/no-unexpected-wire-adapter-usages": "off" },
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
  },
]);
