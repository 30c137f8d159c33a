import { basename, join } from "node:path";
import { z } from "zod";
import { filesIn, readXml } from "./read-xml.ts";

const role = z.object({ name: z.string(), parentRole: z.string().optional() });

export interface Role {
  readonly developerName: string;
  readonly name: string;
  /** Of the role above. */
  readonly parent: string | undefined;
}

/** The hierarchy of roles that a source folder has. */
export function readRoles(folder: string): readonly Role[] {
  return filesIn(join(folder, "roles"), ".role-meta.xml").map((file) => {
    const { name, parentRole } = readXml(file, role);
    return { developerName: basename(file, ".role-meta.xml"), name, parent: parentRole };
  });
}
