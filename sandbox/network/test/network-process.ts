import { openNetwork } from "../index.ts";

const { url } = await openNetwork({ dir: process.argv[2] ?? ":memory:", port: 0 });
process.send?.(url);
