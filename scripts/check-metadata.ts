// Checks the Salesforce metadata as far as that goes without an org. An argument names another project than this one.
import { resolve } from "node:path";
import { checkMetadata } from "./check-metadata/check.ts";

const { components, problems } = await checkMetadata(resolve(process.argv[2] ?? "."));
for (const { path, message } of problems) console.log(`${path}: ${message}`);
console.log(`${components} components checked, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
