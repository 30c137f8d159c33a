import type { Actor } from "../access.ts";
import { compileFormula } from "../formula/compile.ts";
import type { Term } from "../formula/value.ts";
import { Refusal } from "../refusal.ts";
import type { ObjectType, Schema, ValidationRule } from "../schema.ts";
import type { Row } from "./database.ts";
import type { Rows } from "./rows.ts";

/** The validation rules of each object, ready to run. */
export type RuleBook = ReadonlyMap<string, readonly ReadyRule[]>;

interface ReadyRule {
  readonly rule: ValidationRule;
  readonly term: Term;
  /** An administrator may switch it at any time. */
  isActive: boolean;
}

/** Throws a sentence that names the rule, where a formula is not understood: better at the start than at a save. */
export function toRuleBook(schema: Schema, customPermissions: ReadonlySet<string>): RuleBook {
  return new Map(
    schema.objects.map((object) => [
      object.name,
      object.rules.map((rule) => {
        try {
          return { rule, term: compileFormula({ schema, object, customPermissions }, rule.formula), isActive: true };
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          throw new Error(`validation rule ${object.name}.${rule.name}: ${reason}`, { cause: error });
        }
      }),
    ]),
  );
}

/** Refuses with the first rule that this row breaks. */
export function checkRules(
  ruleBook: RuleBook,
  rows: Rows,
  save: { actor: Actor; object: ObjectType; row: Row; prior?: Row },
): void {
  const { actor, object, row, prior } = save;
  const setting = { row, ...(prior && { prior }), actor, now: rows.now(), parent: rows.find };
  for (const { rule, term, isActive } of ruleBook.get(object.name) ?? []) {
    if (!isActive || term.run(setting) !== true) continue;
    const fields = rule.field === undefined ? [] : [rule.field];
    throw new Refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, { fields });
  }
}
