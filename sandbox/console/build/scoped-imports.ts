import fs from "node:fs";
import path from "node:path";
import type { Plugin } from "rollup";
import { readLabels } from "./custom-labels.ts";

/** Answers whether the org has an object, or a field of it. */
export type IsInSchema = (object: string, field?: string) => boolean;

interface Scope {
  readonly forceApp: string;
  readonly namespace: string;
  readonly page: string;
  readonly isInSchema: IsInSchema;
}

/** What an org resolves when a component is deployed. Other `@salesforce/…` imports belong to the base components. */
const OURS =
  /^@salesforce\/(label\/c\.|schema\/|apex(\/|$)|user\/|messageChannel\/|resourceUrl\/|(custom|user)Permission\/)/;

/**
 * Makes the modules that stand for things of the org: labels, fields, the user, permissions, message channels.
 * A name that the org does not have ends the build with a sentence, as it would end a deployment.
 */
export function scopedImports(scope: Scope): Plugin {
  const labels = readLabels(scope.forceApp);
  return {
    name: "scoped-imports",
    resolveId: { order: "pre", handler: (id) => (OURS.test(id) ? `\0${id}` : null) },
    load(id) {
      if (!id.startsWith("\0@salesforce/")) return null;
      const [, kind = "", ...rest] = id.slice(1).split("/");
      return toModule(kind, rest.join("/"), { ...scope, labels });
    },
  };
}

function toModule(kind: string, name: string, org: Scope & { labels: ReadonlyMap<string, string> }): string {
  switch (kind) {
    case "label":
      return constant(required(org.labels.get(name.slice(2)), `The label ${name.slice(2)} is not in CustomLabels.`));
    case "schema":
      return constant(
        toSchemaReference(
          name.split(".").map((part) => own(part, org)),
          org.isInSchema,
        ),
      );
    case "messageChannel":
      requireFile(org.forceApp, `messageChannels/${own(name, org).replace(/__c$/, "")}.messageChannel-meta.xml`, name);
      return constant(own(name, org));
    case "resourceUrl":
      requireFile(org.forceApp, `staticresources/${name}.resource-meta.xml`, name);
      return constant(`/resource/${name}`);
    case "customPermission":
      return toCustomPermission(org, org.namespace === "" ? name : `${org.namespace}__${name}`);
    case "userPermission":
      return fromSession(org.page, "session.isAdmin || undefined");
    case "user":
      return fromSession(org.page, name === "Id" ? "session.userId" : "false");
    default:
      throw new Error(`@salesforce/${kind}/${name}: Earshot has no Apex, so the sandbox cannot answer this import.`);
  }
}

/** In a package's own components its names stand without the prefix, which the platform puts before them. */
function own(name: string, { namespace }: Scope): string {
  return namespace !== "" && /__[cr]$/.test(name) ? `${namespace}__${name}` : name;
}

function toCustomPermission({ forceApp, page }: Scope, name: string): string {
  requireFile(forceApp, `customPermissions/${name}.customPermission-meta.xml`, name);
  return fromSession(page, `session.customPermissions.includes(${JSON.stringify(name)}) || undefined`);
}

function toSchemaReference([objectApiName = "", ...fields]: readonly string[], isInSchema: IsInSchema): object {
  const fieldApiName = fields.join(".");
  const name = [objectApiName, ...fields].join(".");
  if (!isInSchema(objectApiName))
    throw new Error(`@salesforce/schema/${name}: the org has no object ${objectApiName}.`);
  if (fields.length === 0) return { objectApiName };
  if (!isInSchema(objectApiName, fields[0])) {
    throw new Error(`@salesforce/schema/${name}: ${objectApiName} has no field ${fields[0] ?? ""}.`);
  }
  return { objectApiName, fieldApiName };
}

const constant = (value: unknown): string => `export default Object.freeze(${JSON.stringify(value)});\n`;

const fromSession = (page: string, expression: string): string =>
  `import { session } from ${JSON.stringify(path.join(page, "session.ts"))};\nexport default ${expression};\n`;

function required<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}

function requireFile(forceApp: string, file: string, name: string): void {
  if (!fs.existsSync(path.join(forceApp, file))) throw new Error(`${name} is imported, but there is no ${file}.`);
}
