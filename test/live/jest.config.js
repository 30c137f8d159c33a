export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/../strip-types.cjs" },
  testMatch: ["<rootDir>/**/*.test.ts"],
  // What a test waits for is a condition with a limit of its own, which says what was waited for.
  testTimeout: 120_000,
  maxWorkers: 2,
};
