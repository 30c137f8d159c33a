import type { Crm } from "../crm.ts";
import type { KeptOptions } from "./kept/kept-options.ts";
import { offer, restore } from "./kept/offer.ts";
import { readKept, type Said } from "./kept/read-kept.ts";
import { remark } from "./kept/remark.ts";

/** The settings that coordinators keep in the org. */
export function openKept(options: KeptOptions): Pick<Crm, "kept" | "remark" | "offer" | "restore"> {
  let said: Said = new Map();
  return {
    async kept(signal) {
      const read = await readKept(options, signal);
      said = read.said;
      return read.kept;
    },
    remark: (remarks, signal) => remark({ ...options, said }, remarks, signal),
    offer: (rules, signal) => offer(options, rules, signal),
    restore: (rule, signal) => restore(options, rule, signal),
  };
}
