import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { PageItem, PageLayout, PropertyValue } from "../contract.ts";
import { componentProperties } from "./component-properties.ts";
import { listFiles, readXml } from "./read-xml.ts";

const Property = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueList: z.object({ valueListItems: z.array(z.object({ value: z.string() })) }).optional(),
});

const Item = z.object({
  componentInstance: z
    .object({ componentName: z.string(), componentInstanceProperties: z.array(Property).default([]) })
    .optional(),
  fieldInstance: z.object({ fieldItem: z.string() }).optional(),
});

const FlexiPage = z.object({
  FlexiPage: z.object({
    masterLabel: z.string(),
    sobjectType: z.string().optional(),
    type: z.string(),
    template: z.object({ name: z.string() }),
    flexiPageRegions: z
      .array(z.object({ name: z.string(), type: z.string(), itemInstances: z.array(Item).default([]) }))
      .default([]),
  }),
});

/** A page by its name; undefined if there is none. */
export function readPage(forceApp: string, name: string): PageLayout | undefined {
  const file = path.join(forceApp, "flexipages", `${name}.flexipage-meta.xml`);
  if (!fs.existsSync(file)) return undefined;
  const { masterLabel, template, flexiPageRegions } = readXml(file, FlexiPage).FlexiPage;
  return {
    label: masterLabel,
    template: template.name,
    regions: flexiPageRegions.map((region) => ({
      name: region.name,
      isFacet: region.type === "Facet",
      items: region.itemInstances.map((item) => toItem(forceApp, item)).filter((item) => item !== undefined),
    })),
  };
}

/** The name of the first record page made for an object. */
export function findRecordPage(forceApp: string, object: string): string | undefined {
  return listFiles(path.join(forceApp, "flexipages"), ".flexipage-meta.xml").find(({ file }) => {
    const { type, sobjectType } = readXml(file, FlexiPage).FlexiPage;
    return type === "RecordPage" && sobjectType === object;
  })?.name;
}

function toItem(forceApp: string, { componentInstance, fieldInstance }: z.infer<typeof Item>): PageItem | undefined {
  if (fieldInstance) return { kind: "field", field: fieldInstance.fieldItem.replace(/^Record\./, "") };
  if (!componentInstance) return undefined;
  const { componentName: name, componentInstanceProperties } = componentInstance;
  const declared = componentProperties(forceApp, name);
  const given = componentInstanceProperties.map(
    (property) => [property.name, toValue(property, declared.get(property.name)?.type)] as const,
  );
  const defaults = [...declared].flatMap(([property, { type, initial }]) =>
    initial === undefined ? [] : [[property, toValue({ name: property, value: initial }, type)] as const],
  );
  return { kind: "component", name, properties: Object.fromEntries([...defaults, ...given]) };
}

/** As the component's -meta.xml declares it; the platform's own components are not declared and go by their look. */
function toValue({ value = "", valueList }: z.infer<typeof Property>, type: string | undefined): PropertyValue {
  if (valueList) return valueList.valueListItems.map((item) => item.value);
  if (type === "Integer") return Number(value);
  if (type === "Boolean" || (type === undefined && /^(true|false)$/.test(value))) return value === "true";
  return value;
}
