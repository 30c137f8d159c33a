import { isStandard } from "../standard.ts";
import type { Problem } from "../problem.ts";
import { isPackaged, type Component, type Tree } from "../tree.ts";
import { all, texts } from "../xml.ts";

/** What belongs to an org, and stands in org-setup. A package cannot carry it, or must not. */
const THE_ORGS: Readonly<Record<string, string>> = {
  Queue: "a package carries no queues",
  StandardValueSet: "it would replace the org's own list",
  ExternalClientApplication: "each org has an app of its own, with its own key and secret",
  ExtlClntAppOauthSettings: "each org has an app of its own, with its own key and secret",
  ExtlClntAppOauthConfigurablePolicies: "the org's admin decides who may log in",
  ExtlClntAppConfigurablePolicies: "the org's admin decides who may log in",
};

/** What a package can carry, and what must not be in any folder at all. */
export function checkPackage(tree: Tree): Problem[] {
  return tree.components.flatMap((one) =>
    [...secretFaults(one), ...(isPackaged(tree, one) ? faults(one) : [])].map((message) => ({
      path: one.path,
      message,
    })),
  );
}

function faults(one: Component): string[] {
  const reason = THE_ORGS[one.type];
  return [
    ...(reason === undefined ? [] : [`belongs in org-setup: ${reason}`]),
    ...(one.type === "PermissionSet" ? permissionFaults(one) : []),
  ];
}

/** Installing ignores rights on what is not in the package. */
function permissionFaults({ xml }: Component): string[] {
  const objects = all(xml, "objectPermissions").flatMap((right) => texts(right, "object"));
  const fields = all(xml, "fieldPermissions").flatMap((right) => texts(right, "field"));
  return [
    ...objects.filter(isStandard).map((object) => `a package carries no rights on ${object}: put them into org-setup`),
    ...fields
      .filter((field) => !field.endsWith("__c"))
      .map((field) => `a package carries no rights on ${field}: put them into org-setup`),
    ...texts(xml, "userPermissions", "name").map((name) => `a package carries no ${name}: put it into org-setup`),
  ];
}

function secretFaults({ type, xml }: Component): string[] {
  if (type === "ExtlClntAppGlobalOauthSettings") return ["holds an app's key and secret: keep it out of the project"];
  const secrets = ["consumerKey", "consumerSecret", "certificate", "orgScopedExternalApp", "oauthLink"];
  return secrets
    .filter((tag) => type.startsWith("Ext") && xml.children.has(tag))
    .map((tag) => `holds a ${tag}, which is one org's own`);
}
