import { join } from "node:path";
import { z } from "zod";
import type { Schema } from "../schema.ts";
import { filesIn, readXml } from "./read-xml.ts";

/** Which rows of an object count as duplicates, and what then happens to a save. */
export interface DuplicateRule {
  readonly name: string;
  readonly object: string;
  /** All of them alike, none empty: a duplicate. */
  readonly fields: readonly string[];
  readonly onInsert: DuplicateAction;
  readonly onUpdate: DuplicateAction;
  readonly message: string;
}

/** "alert": refused, unless the call allows the save. */
export type DuplicateAction = "block" | "alert" | "pass";

const flag = z.enum(["true", "false"]);
const rule = z.object({
  actionOnInsert: z.enum(["Allow", "Block"]),
  actionOnUpdate: z.enum(["Allow", "Block"]),
  alertText: z.string().optional(),
  duplicateRuleMatchRules: z.object({ matchRuleSObjectType: z.string(), matchingRule: z.string() }),
  isActive: flag,
  operationsOnInsert: z.union([z.string(), z.array(z.string())]).optional(),
  operationsOnUpdate: z.union([z.string(), z.array(z.string())]).optional(),
});
const item = z.object({ fieldName: z.string(), matchingMethod: z.literal("Exact") });
const matching = z.object({
  matchingRules: z.object({ fullName: z.string(), matchingRuleItems: z.union([item, z.array(item)]) }),
});

/** Salesforce has no duplicate rules for other standard objects, such as Case and Task. */
const STANDARD = new Set(["Account", "Contact", "Lead"]);

/** Reads `duplicateRules/` with the `matchingRules/` they name. Throws where the sandbox cannot play one. */
export function readDuplicateRules(schema: Schema, folder: string): readonly DuplicateRule[] {
  const files = filesIn(join(folder, "duplicateRules"), ".duplicateRule-meta.xml");
  return files.flatMap((file) => {
    const found = readXml(file, rule);
    const { matchRuleSObjectType: object, matchingRule } = found.duplicateRuleMatchRules;
    if (schema.object(object)?.custom !== true && !STANDARD.has(object))
      throw new Error(`${file}: there are no duplicate rules for ${object}`);
    const { matchingRules } = readXml(join(folder, "matchingRules", `${object}.matchingRule-meta.xml`), matching);
    if (matchingRules.fullName !== matchingRule) throw new Error(`${file}: there is no matching rule ${matchingRule}`);
    if (found.isActive === "false") return [];
    return {
      name: file.slice(file.lastIndexOf("/") + 1, -".duplicateRule-meta.xml".length),
      object,
      fields: [matchingRules.matchingRuleItems].flat().map((each) => each.fieldName),
      onInsert: toAction(found.actionOnInsert, found.operationsOnInsert),
      onUpdate: toAction(found.actionOnUpdate, found.operationsOnUpdate),
      message: found.alertText ?? "Use one of these records?",
    };
  });
}

function toAction(action: "Allow" | "Block", operations: string | readonly string[] = []): DuplicateAction {
  if (action === "Block") return "block";
  return [operations].flat().includes("Alert") ? "alert" : "pass";
}
