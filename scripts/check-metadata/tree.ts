import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Problem } from "./problem.ts";
import { parseXml, text, type Root } from "./xml.ts";

/** One metadata component of a package folder. */
export interface Component {
  readonly type: string;
  /** As Salesforce names it: `Case.Social_Case_Key__c`, `Earshot`. */
  readonly fullName: string;
  /** Without the object in front. */
  readonly name: string;
  /** The object whose folder it lies in, for what belongs to an object; else empty. */
  readonly object: string;
  readonly path: string;
  readonly xml: Root;
}

export interface Tree {
  readonly root: string;
  readonly folders: readonly string[];
  /** Those of them that become the package. The others belong to the org. */
  readonly packaged: readonly string[];
  readonly apiVersion: string;
  readonly components: readonly Component[];
}

export type Project = Pick<Tree, "folders" | "packaged" | "apiVersion">;

interface Kind {
  readonly type: string;
  readonly folder: RegExp;
}

/** Per file suffix: the type, and the folder below the package's folder that such files belong in. */
const KINDS: Readonly<Record<string, Kind>> = {
  app: { type: "CustomApplication", folder: /\/applications\/[^/]+$/ },
  compactLayout: { type: "CompactLayout", folder: /\/objects\/(\w+)\/compactLayouts\/[^/]+$/ },
  customPermission: { type: "CustomPermission", folder: /\/customPermissions\/[^/]+$/ },
  eca: { type: "ExternalClientApplication", folder: /\/externalClientApps\/[^/]+$/ },
  ecaGlblOauth: { type: "ExtlClntAppGlobalOauthSettings", folder: /\/extlClntAppGlobalOauthSets\/[^/]+$/ },
  ecaOauth: { type: "ExtlClntAppOauthSettings", folder: /\/extlClntAppOauthSettings\/[^/]+$/ },
  ecaOauthPlcy: { type: "ExtlClntAppOauthConfigurablePolicies", folder: /\/extlClntAppOauthPolicies\/[^/]+$/ },
  ecaPlcy: { type: "ExtlClntAppConfigurablePolicies", folder: /\/extlClntAppPolicies\/[^/]+$/ },
  field: { type: "CustomField", folder: /\/objects\/(\w+)\/fields\/[^/]+$/ },
  flexipage: { type: "FlexiPage", folder: /\/flexipages\/[^/]+$/ },
  js: { type: "LightningComponentBundle", folder: /\/lwc\/\w+\/[^/]+$/ },
  labels: { type: "CustomLabels", folder: /\/labels\/[^/]+$/ },
  layout: { type: "Layout", folder: /\/layouts\/[^/]+$/ },
  listView: { type: "ListView", folder: /\/objects\/(\w+)\/listViews\/[^/]+$/ },
  messageChannel: { type: "LightningMessageChannel", folder: /\/messageChannels\/[^/]+$/ },
  object: { type: "CustomObject", folder: /\/objects\/\w+\/[^/]+$/ },
  permissionset: { type: "PermissionSet", folder: /\/permissionsets\/[^/]+$/ },
  platformEventChannel: { type: "PlatformEventChannel", folder: /\/platformEventChannels\/[^/]+$/ },
  platformEventChannelMember: {
    type: "PlatformEventChannelMember",
    folder: /\/platformEventChannelMembers\/[^/]+$/,
  },
  queue: { type: "Queue", folder: /\/queues\/[^/]+$/ },
  standardValueSet: { type: "StandardValueSet", folder: /\/standardValueSets\/[^/]+$/ },
  tab: { type: "CustomTab", folder: /\/tabs\/[^/]+$/ },
  validationRule: { type: "ValidationRule", folder: /\/objects\/(\w+)\/validationRules\/[^/]+$/ },
};

/** Does it become part of the package? */
export function isPackaged({ packaged }: Tree, { path }: Component): boolean {
  return packaged.some((folder) => path.startsWith(`${folder}/`));
}

/** No part of a component: notes, and what .forceignore names. */
const BESIDE = /(^|\/)(README\.md|package\.json|jsconfig\.json|\.eslintrc\.json)$|\/__tests__\/|\/__mocks__\/|\.ts$/;
const PART_OF_BUNDLE = /\/lwc\/(\w+)\/[\w-]+\.(js|html|css|svg)$/;

/** Everything that lies in the package folders, and what of it cannot be read or is out of place. */
export function readTree(root: string, { folders, packaged, apiVersion }: Project): [Tree, Problem[]] {
  const components: Component[] = [];
  const problems: Problem[] = [];
  for (const path of folders.flatMap((folder) => filesBelow(root, folder))) {
    if (BESIDE.test(path) || PART_OF_BUNDLE.test(path)) continue;
    const read = toComponent(path, readFileSync(join(root, path), "utf8"));
    if ("message" in read) problems.push(read);
    else components.push(read);
  }
  return [{ root, folders, packaged, apiVersion, components }, problems];
}

/** The component of this file, or why it is none. */
export function toComponent(path: string, source: string): Component | Problem {
  const [, name, suffix] = /([^/]+)\.(\w+)-meta\.xml$/.exec(path) ?? [];
  if (name === undefined || suffix === undefined) return { path, message: "belongs to no component" };
  const kind = KINDS[suffix];
  if (kind === undefined) return { path, message: `is of a kind this check does not know: ${suffix}` };
  const place = kind.folder.exec(path);
  if (place === null) return { path, message: `a ${kind.type} does not belong in this folder` };
  const xml = parseXml(source);
  if ("fault" in xml) return { path, message: `is not well-formed XML: ${xml.fault}` };
  if (xml.tag !== kind.type) return { path, message: `holds a ${xml.tag} where its name says ${kind.type}` };
  const stated = text(xml, "fullName");
  if (stated !== undefined && stated !== name) return { path, message: `calls itself ${stated}` };
  const object = place[1] ?? "";
  return { type: kind.type, fullName: object === "" ? name : `${object}.${name}`, name, object, path, xml };
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
