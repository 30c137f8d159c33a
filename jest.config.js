import { createRequire } from "node:module";

const { jestConfig: lwc } = createRequire(import.meta.url)("@salesforce/sfdx-lwc-jest/config");

export default {
  // What a test waits for is a condition with a limit of its own, which says what was waited for.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Modules of a finished file stay in memory as long as its worker lives.
  workerIdleMemoryLimit: "1GB",
  projects: [
    {
      displayName: "earshot",
      testEnvironment: "node",
      extensionsToTreatAsEsm: [".ts"],
      transform: { "\\.ts$": "<rootDir>/test/strip-types.cjs" },
      testMatch: ["<rootDir>/{connector,sandbox,scripts,test}/**/*.test.ts"],
      // It has packages and a configuration of its own: npm run test:live.
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/live/"],
      modulePathIgnorePatterns: ["<rootDir>/test/live/"],
    },
    { ...lwc, displayName: "lwc", rootDir: import.meta.dirname, roots: ["<rootDir>/force-app"] },
  ],
};
