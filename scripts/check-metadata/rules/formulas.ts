import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { text } from "../xml.ts";

/** The functions our validation rules keep to: Salesforce allows them on the types we use, and the sandbox evaluates them. */
const FUNCTIONS = new Set(
  "AND OR NOT IF ISNEW ISCHANGED PRIORVALUE ISBLANK ISNULL ISPICKVAL TEXT LEN BEGINS CONTAINS SUBSTITUTE UPPER VALUE NULLVALUE BLANKVALUE CASE".split(
    " ",
  ),
);
const WORDS = new Set(["TRUE", "FALSE", "NULL", "$PROFILE.NAME", "$USERROLE.NAME"]);
const PICKED = /ISPICKVAL\(\s*(?:PRIORVALUE\(\s*)?([\w.]+)[\s)]*,\s*"([^"]*)"\s*\)/g;

/** Validation rules: explained, short enough to deploy, and about fields and values that exist. */
export function checkFormulas(catalog: Catalog): Problem[] {
  return catalog
    .of("ValidationRule")
    .flatMap((rule) => faults(rule, catalog).map((message) => ({ path: rule.path, message })));
}

function faults({ xml, object }: Component, catalog: Catalog): string[] {
  const formula = text(xml, "errorConditionFormula") ?? "";
  const shown = text(xml, "errorDisplayField");
  return [
    ...["description", "errorMessage"].flatMap((tag) => {
      const length = text(xml, tag)?.length ?? 0;
      return length > 0 && length <= 255 ? [] : [`needs a ${tag} of at most 255 characters`];
    }),
    ...(shown === undefined || catalog.isField(object, shown) ? [] : [`shows its error at no field: ${shown}`]),
    ...(isBalanced(formula) ? [] : ["has a formula whose parentheses do not match"]),
    ...unknownNames(formula, object, catalog),
    ...unknownValues(formula, object, catalog),
  ];
}

function unknownNames(formula: string, object: string, catalog: Catalog): string[] {
  const bare = formula.replaceAll(/"[^"]*"/g, '""');
  return [...bare.matchAll(/(\$?[A-Za-z_][\w.]*)(\s*\()?/g)].flatMap(([, name = "", call]) => {
    if (call !== undefined) return FUNCTIONS.has(name) ? [] : [`calls a function outside our subset: ${name}`];
    if (WORDS.has(name.toUpperCase()) || name.startsWith("$User.")) return [];
    const known = name.startsWith("$Permission.")
      ? catalog.has("CustomPermission", name.slice("$Permission.".length))
      : catalog.isField(object, name);
    return known ? [] : [`names what does not exist: ${name}`];
  });
}

function unknownValues(formula: string, object: string, catalog: Catalog): string[] {
  return [...formula.matchAll(PICKED)].flatMap(([, field = "", value = ""]) => {
    const values = catalog.picklist(object, field);
    if (values === undefined || value === "" || values.includes(value)) return [];
    return [`compares ${field} with a value it does not have: ${value}`];
  });
}

function isBalanced(formula: string): boolean {
  let open = 0;
  for (const sign of formula.replaceAll(/"[^"]*"/g, "")) {
    if (sign === "(") open += 1;
    if (sign === ")") open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}
