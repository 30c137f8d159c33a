import { readTab } from "../metadata/custom-tab.ts";
import { standardIcon } from "../metadata/standard-layouts.ts";

/** An object's picture: its tab's, or the platform's own. */
export const objectIcon = (forceApp: string, object: string): string =>
  readTab(forceApp, object)?.icon ?? standardIcon(object);
