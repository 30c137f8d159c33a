import type { Leave } from "../../connector/model/leave.ts";

/** Nothing holds a reply back. */
export const freely: Leave = { check: () => undefined };
