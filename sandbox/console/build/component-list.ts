import fs from "node:fs";
import path from "node:path";

export interface LightningComponent {
  /** The bundle's name: `socialTimeline` for `c/socialTimeline`. */
  readonly name: string;
  readonly entry: string;
  /** True if its -meta.xml lets it stand on a page; the others are modules and parts of it. */
  readonly isExposed: boolean;
}

/** The Lightning bundles of a source folder, by name. A folder without `lwc` has none. */
export function listComponents(forceApp: string): readonly LightningComponent[] {
  const folder = path.join(forceApp, "lwc");
  if (!fs.existsSync(folder)) return [];
  // Those of an installed package lie elsewhere, behind a link.
  const root = fs.realpathSync(folder);
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, entry: path.resolve(root, name, `${name}.js`), isExposed: isExposed(root, name) }))
    .filter(({ entry }) => fs.existsSync(entry))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isExposed(root: string, name: string): boolean {
  const meta = path.join(root, name, `${name}.js-meta.xml`);
  return fs.existsSync(meta) && /<isExposed>\s*true\s*<\/isExposed>/.test(fs.readFileSync(meta, "utf8"));
}
