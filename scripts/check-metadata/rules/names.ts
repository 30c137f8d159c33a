import type { Catalog } from "../catalog.ts";
import type { Problem } from "../problem.ts";
import type { Component } from "../tree.ts";
import { all, texts, type Element } from "../xml.ts";

interface Limits {
  /** Of the API name, without its ending. */
  readonly name: number;
  /** Of these elements. */
  readonly texts: Readonly<Record<string, number>>;
}

/** How many characters Salesforce takes. */
const LIMITS: Readonly<Record<string, Limits>> = {
  CompactLayout: { name: 40, texts: { label: 40 } },
  CustomApplication: { name: 40, texts: { label: 40 } },
  CustomField: { name: 40, texts: { label: 40, relationshipName: 40, inlineHelpText: 510, description: 1000 } },
  CustomObject: { name: 40, texts: { label: 40, pluralLabel: 40, description: 1000 } },
  CustomPermission: { name: 80, texts: { label: 80, description: 255 } },
  ExternalClientApplication: { name: 80, texts: { label: 80, description: 255 } },
  FlexiPage: { name: 80, texts: { masterLabel: 80 } },
  LightningComponentBundle: { name: 40, texts: { masterLabel: 80 } },
  LightningMessageChannel: { name: 80, texts: { masterLabel: 80 } },
  ListView: { name: 40, texts: { label: 40 } },
  PermissionSet: { name: 80, texts: { label: 80, description: 255 } },
  PlatformEventChannelMember: { name: 80, texts: {} },
  Queue: { name: 80, texts: { name: 40 } },
  ValidationRule: { name: 40, texts: { errorConditionFormula: 3900 } },
};
const LABEL_LIMITS = { fullName: 80, shortDescription: 80, value: 1000, categories: 255 };

/** Begins with a letter; no underscores in a row or at the end. */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** API names and texts have the form and the length that deploys. */
export function checkNames(catalog: Catalog): Problem[] {
  const named = Object.entries(LIMITS).flatMap(([type, limits]) =>
    catalog.of(type).flatMap((one) => told(one, faults(one, limits))),
  );
  const labels = catalog.of("CustomLabels").flatMap((one) =>
    told(
      one,
      all(one.xml, "labels").flatMap((label) => tooLong(label, LABEL_LIMITS)),
    ),
  );
  return [...named, ...labels];
}

function faults({ name, xml }: Component, limits: Limits): string[] {
  const bare = name.replace(/__(c|chn|e)$/, "");
  return [
    ...(API_NAME.test(bare) ? [] : [`is no API name: ${bare}`]),
    ...(bare.length <= limits.name ? [] : [`has an API name of more than ${limits.name} characters`]),
    ...tooLong(xml, limits.texts),
  ];
}

function tooLong(element: Element, limits: Readonly<Record<string, number>>): string[] {
  return Object.entries(limits).flatMap(([tag, most]) =>
    texts(element, tag)
      .filter((text) => text.length > most)
      .map((text) => `has a ${tag} of more than ${most} characters: ${text.slice(0, 30)}…`),
  );
}

function told({ path }: Component, messages: readonly string[]): Problem[] {
  return messages.map((message) => ({ path, message }));
}
