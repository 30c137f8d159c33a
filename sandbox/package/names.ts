import { readFileSync } from "node:fs";
import path from "node:path";
import { folderFiles } from "../console/build/folder-files.ts";

/** How an org spells the names that a package brings. */
export interface Spelling {
  /** In a text (metadata, a formula, SOQL, JSON) each of the package's names as the org has it. */
  readonly own: (text: string) => string;
  /** The other way round. */
  readonly plain: (text: string) => string;
}

/** The names of a package's source folder, as its authors write them. */
interface PackageNames {
  /** Of objects, fields and child relationships, without their endings: `Social_Post`, `Text`, `Social_Posts`. */
  readonly custom: ReadonlySet<string>;
  /** Of what else is referred to: pages, tabs, apps, custom permissions. */
  readonly others: ReadonlySet<string>;
}

/** Folders of a package whose files are named for what they define, and so get its prefix. */
const NAMED = ["applications", "customPermissions", "flexipages", "messageChannels", "permissionsets", "tabs"];
const CUSTOM = /(?<!\w)([A-Za-z]\w*?)__(c|r|History|ChangeEvent)(?!\w)/g;
/** Elements that hold the name of a page, a tab, an app or a custom permission. */
const REFERENCE = /<(application|content|flexiPage|name|tab|tabs)>(\w+)</g;
const RELATIONSHIP = /<relationshipName>(\w+)</g;

/** As an org spells the names of this source folder once it is installed as a package with this namespace; "": as they are. */
export function toSpelling(source: string, namespace: string): Spelling {
  if (namespace === "") return { own: same, plain: same };
  const { custom, others } = readNames(source);
  const to = (known: ReadonlySet<string>, name: string): string => (known.has(name) ? `${namespace}__${name}` : name);
  return {
    own: (text) =>
      text
        .replace(CUSTOM, (_all, name: string, ending: string) => `${to(custom, name)}__${ending}`)
        .replace(RELATIONSHIP, (_all, name: string) => `<relationshipName>${to(custom, name)}<`)
        .replace(REFERENCE, (_all, element: string, name: string) => `<${element}>${to(others, name)}<`)
        .replace(/\$Permission\.(\w+)/g, (_all, name: string) => `$Permission.${to(others, name)}`)
        .replaceAll("<componentName>c:", `<componentName>${namespace}:`),
    plain: (text) => text.replaceAll(`${namespace}__`, ""),
  };
}

const same = (text: string): string => text;

/** `tabs/Social_Inbox.tab-meta.xml` gets the prefix for itself, `objects/Social_Post__c/…` for what it is of. */
export function toInstalledPath(file: string, namespace: string, { own }: Spelling): string {
  const [room = "", name = "", ...rest] = file.split(path.sep);
  const isNamed = NAMED.includes(room) && rest.length === 0;
  const spelled = own(file);
  return isNamed && spelled === file ? path.join(room, `${namespace}__${name}`) : spelled;
}

function readNames(source: string): PackageNames {
  const files = folderFiles(path.join(source, "objects"));
  const inPaths = files.flatMap((file) => [...path.relative(source, file).matchAll(/(\w+)__c(?!\w)/g)]);
  const inFields = files
    .filter((file) => file.endsWith(".field-meta.xml"))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(RELATIONSHIP)]);
  const others = NAMED.flatMap((room) => folderFiles(path.join(source, room))).map((file) => path.basename(file));
  return {
    custom: new Set([...inPaths, ...inFields].flatMap(([, name]) => name ?? [])),
    others: new Set(others.flatMap((file) => file.split(".")[0] ?? [])),
  };
}
