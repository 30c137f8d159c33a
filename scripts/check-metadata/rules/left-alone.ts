import { isStandard } from "../standard.ts";
import type { Problem } from "../problem.ts";
import { isPackaged, type Component, type Tree } from "../tree.ts";
import { isTrue, text } from "../xml.ts";

const CONNECTOR = "$Permission.Earshot_Connector";
const OURS = /^Social_/;
/** What may be added to an object of the platform, and goes with the package. */
const ADDITIONS = ["CustomField", "ValidationRule", "ListView"];

/**
 * The package leaves the org's own objects as they are: it adds fields that nobody has to fill and rules that bind only the
 * connector, and uninstalling it takes all of that away.
 */
export function checkLeftAlone(tree: Tree): Problem[] {
  return tree.components
    .filter((one) => isPackaged(tree, one))
    .flatMap((one) => faults(one).map((message) => ({ path: one.path, message })));
}

function faults(one: Component): string[] {
  const { type, name, object, xml } = one;
  if (type === "CustomObject") return isStandard(name) ? [`alters ${name}, which belongs to the org`] : [];
  if (type === "Layout") return isStandard(name.split("-")[0] ?? "") ? ["replaces a layout of the org"] : [];
  if (type === "CustomApplication") return name.startsWith("standard__") ? ["alters an app of the platform"] : [];
  if (!isStandard(object)) return [];
  if (!ADDITIONS.includes(type)) return [`adds a ${type} to ${object}, which belongs to the org`];
  if (type === "CustomField") return fieldFaults(one);
  if (
    type === "ValidationRule" &&
    isTrue(xml, "active") &&
    !bindsOnlyConnector(text(xml, "errorConditionFormula") ?? "")
  )
    return [`must begin with AND(${CONNECTOR}, …: a rule on ${object} may bind nobody but the connector`];
  return [];
}

function fieldFaults({ name, object, xml }: Component): string[] {
  return [
    ...(OURS.test(name) && name.endsWith("__c") ? [] : [`must be named Social_…__c on ${object}`]),
    ...(isTrue(xml, "required") ? [`must be optional: ${object} belongs to the org`] : []),
    ...(text(xml, "defaultValue") === undefined || text(xml, "type") === "Checkbox"
      ? []
      : [`must have no default: it would be written to each ${object}`]),
    ...(isTrue(xml, "trackHistory") || isTrue(xml, "trackFeedHistory")
      ? [`must not be tracked: the org decides what ${object} keeps a history of`]
      : []),
  ];
}

/** `AND($Permission.Earshot_Connector, …)`, and nothing after it. */
function bindsOnlyConnector(formula: string): boolean {
  const bare = formula.replaceAll(/"[^"]*"/g, '""').replaceAll(/\s+/g, "");
  if (!bare.startsWith(`AND(${CONNECTOR},`)) return false;
  let open = 0;
  for (const [at, sign] of Array.from(bare).entries()) {
    if (sign === "(") open += 1;
    if (sign === ")") open -= 1;
    if (sign === ")" && open === 0) return at === bare.length - 1;
  }
  return false;
}
