import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readXml } from "./read-xml.ts";

const Bundle = z.object({
  LightningComponentBundle: z.object({
    targetConfigs: z
      .object({
        targetConfig: z.array(
          z.object({
            property: z
              .array(z.object({ name: z.string(), type: z.string(), default: z.string().optional() }))
              .default([]),
          }),
        ),
      })
      .optional(),
  }),
});

export interface DeclaredProperty {
  readonly type: string;
  readonly initial: string | undefined;
}

/** What a page may set on one of our components (`c:socialTimeline`, or with the package's namespace), as its -meta.xml declares it. */
export function componentProperties(forceApp: string, component: string): ReadonlyMap<string, DeclaredProperty> {
  const name = component.split(":")[1] ?? "";
  const file = path.join(forceApp, "lwc", name, `${name}.js-meta.xml`);
  if (!fs.existsSync(file)) return new Map();
  const configs = readXml(file, Bundle).LightningComponentBundle.targetConfigs?.targetConfig ?? [];
  return new Map(
    configs.flatMap(({ property }) => property.map((one) => [one.name, { type: one.type, initial: one.default }])),
  );
}
