/** Jest's transform for TypeScript: Node strips the types, nothing is compiled. */
const { stripTypeScriptTypes } = require("node:module");

module.exports = { process: (code) => ({ code: stripTypeScriptTypes(code) }) };
