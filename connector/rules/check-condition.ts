import type { parse } from "@bufbuild/cel";
import { checkCall } from "./check-call.ts";
import { toArticle, toExample, toNameList, Unusable, type Allowed, type Found } from "./found.ts";
import { NAMES } from "./names.ts";

export type Expression = ReturnType<typeof parse>["expr"];

/** Throws `Unusable` unless the condition answers yes or no, whatever the facts: then evaluating it never fails. */
export function checkCondition(condition: Expression, allowed: Allowed): void {
  const found = find(condition, allowed);
  if (found.type === "yes or no") return;
  throw new Unusable(
    `The condition is ${toArticle(found.type)}, and no yes or no: compare it with something, such as ${toExample(found)}.`,
  );
}

/** What the rule says holds for every post. */
export function isAlways({ exprKind }: Expression): boolean {
  if (exprKind.case !== "constExpr") return false;
  const { constantKind } = exprKind.value;
  return constantKind.case === "boolValue" && constantKind.value;
}

function find({ exprKind }: Expression, allowed: Allowed): Found {
  switch (exprKind.case) {
    case "constExpr":
      return toConstant(exprKind.value.constantKind);
    case "identExpr":
      return toNamed(exprKind.value.name, allowed);
    case "listExpr":
      return toList(exprKind.value.elements.map((element) => find(element, allowed)));
    case "callExpr": {
      const { function: asked, target, args } = exprKind.value;
      const found = args.map((arg) => find(arg, allowed));
      return checkCall({ asked, target: target && find(target, allowed), args: found }, allowed);
    }
    case "selectExpr":
      throw new Unusable(`".${exprKind.value.field}" is not known: names have no dots. ${toNameList(allowed)}`);
    default:
      throw new Unusable("It uses a part of CEL that rules do not have: docs/rules.md shows all that they have.");
  }
}

function toConstant({ case: kind, value }: { readonly case: string | undefined; readonly value?: unknown }): Found {
  if (kind === "stringValue" && typeof value === "string") return { type: "text", literal: value };
  if (kind === "int64Value" || kind === "doubleValue") return { type: "number", literal: Number(value) };
  if (typeof value === "boolean") return { type: "yes or no", literal: value };
  throw new Unusable('It has a value that rules do not know: write a "text", a number, true or false.');
}

function toNamed(name: string, allowed: Allowed): Found {
  const known = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (known === undefined) throw new Unusable(`There is no name "${name}". ${toNameList(allowed)}`);
  if (known.isLate === true && !allowed.late)
    throw new Unusable(
      `"${name}" can be asked only by a rule that says nothing of response and priority: leave those empty, or take "${name}" out.`,
    );
  return { type: known.type, name };
}

function toList(elements: readonly Found[]): Found {
  const literals = elements.map(({ literal }) => literal);
  if (literals.length > 0 && literals.every((literal) => typeof literal === "string"))
    return { type: "list of texts", literal: literals };
  if (literals.length > 0 && literals.every((literal) => typeof literal === "number"))
    return { type: "list of numbers", literal: literals };
  throw new Unusable('A list has texts only or numbers only, written out, such as ["de", "fr"].');
}
