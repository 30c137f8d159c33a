import type { Problem } from "../problem.ts";
import type { Tree } from "../tree.ts";
import { texts } from "../xml.ts";

/** Spring '26: what the connector and the sandbox speak. Orgs of later releases go on to serve it. */
const SPOKEN = "66.0";

/** One API version everywhere: a component of another one would behave by other rules. */
export function checkVersions(tree: Tree): Problem[] {
  if (tree.apiVersion !== SPOKEN)
    return [{ path: "sfdx-project.json", message: `names API version ${tree.apiVersion}, Earshot speaks ${SPOKEN}` }];
  return tree.components.flatMap(({ type, path, xml }) => {
    const stated = texts(xml, "apiVersion");
    if (type === "LightningComponentBundle" && stated.length === 0) return [{ path, message: "has no apiVersion" }];
    const other = stated.filter((version) => version !== tree.apiVersion);
    return other.map((version) => ({ path, message: `has API version ${version}, the project ${tree.apiVersion}` }));
  });
}
