import { functions } from "./functions.ts";
import { requireField, toNamedTerm, type Scope } from "./names.ts";
import { toBinary } from "./operators.ts";
import { parseFormula, type Node } from "./parse.ts";
import type { Kind, Term, Value } from "./value.ts";

/** A formula, ready to run. Throws a sentence about an unknown function, an unknown field or kinds that do not go together. */
export function compileFormula(scope: Scope, text: string): Term {
  return toTerm(scope, parseFormula(text));
}

function toTerm(scope: Scope, node: Node): Term {
  switch (node.kind) {
    case "literal":
      return { kind: kindOfLiteral(node.value), run: () => node.value };
    case "name":
      return toNamedTerm(scope, node.path);
    case "unary":
      return toUnary(node.operator, toTerm(scope, node.operand));
    case "binary":
      return toBinary(node.operator, toTerm(scope, node.left), toTerm(scope, node.right));
    case "call":
      return toCall(scope, node.name, node.args);
  }
}

function kindOfLiteral(value: Value): Kind {
  if (value === null) return "null";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "number" : "boolean";
}

function toUnary(operator: "!" | "-", operand: Term): Term {
  if (operator === "!") return { kind: "boolean", run: (setting) => operand.run(setting) !== true };
  return {
    kind: "number",
    run: (setting) => {
      const value = operand.run(setting);
      return typeof value === "number" ? -value : null;
    },
  };
}

function toCall(scope: Scope, name: string, args: readonly Node[]): Term {
  if (name === "ISNEW") return { kind: "boolean", run: (setting) => setting.prior === undefined };
  if (name === "ISCHANGED" || name === "PRIORVALUE") return toHistory(scope, name, args);
  const found = functions[name];
  if (!found) throw new Error(`the sandbox does not know the function ${name}`);
  if (args.length < found.least || args.length > found.most) {
    throw new Error(`${name} does not take ${args.length} arguments`);
  }
  return found.toTerm(args.map((arg) => toTerm(scope, arg)));
}

/** The functions that look at how a field was before. On a new row nothing has changed, and what was is what is. */
function toHistory(scope: Scope, name: "ISCHANGED" | "PRIORVALUE", args: readonly Node[]): Term {
  const [arg] = args;
  if (arg?.kind !== "name" || args.length !== 1 || arg.path.includes(".")) {
    throw new Error(`${name} takes one field of the row itself`);
  }
  const { name: field } = requireField(scope.object, arg.path);
  if (name === "ISCHANGED") {
    return {
      kind: "boolean",
      run: ({ row, prior }) => prior !== undefined && (prior[field] ?? null) !== (row[field] ?? null),
    };
  }
  const now = toNamedTerm(scope, arg.path);
  return { kind: now.kind, run: (setting) => now.run({ ...setting, row: setting.prior ?? setting.row }) };
}
