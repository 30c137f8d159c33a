import fs from "node:fs";
import path from "node:path";
import type { Plugin } from "rollup";

/** Icons that base components ask for by themselves. */
const ALWAYS = [
  ..."add check chevrondown chevronleft chevronright chevronup clear close down error event clock".split(" "),
  ..."info left new_window right search success up warning help lock spinner arrowdown arrowup".split(" "),
].map((name) => `utility:${name}`);

const TEMPLATES = /^lightning\/iconSvgTemplates(Action|Custom|Doctype|Standard|Utility)(Rtl)?$/;

/**
 * Bundles only the icons that the sources name (`utility:lock`) in place of all 1,700 templates, which
 * would be most of the build's time. An icon whose name is put together at run time is not seen.
 */
export function slimIcons(sources: readonly string[]): Plugin {
  const base = path.resolve(import.meta.dirname, "../../../node_modules/lightning-base-components/src/lightning");
  const names = new Set([...ALWAYS, ...sources.flatMap(namedIcons)]);
  return {
    name: "slim-icons",
    resolveId: { order: "pre", handler: (id) => (TEMPLATES.test(id) ? `\0${id}` : null) },
    load(id) {
      const match = id.startsWith("\0") ? TEMPLATES.exec(id.slice(1)) : null;
      const set = match?.[1];
      if (match === null || set === undefined) return null;
      const folder = path.join(base, `iconSvgTemplates${set}${match[2] ?? ""}`, "buildTemplates", set.toLowerCase());
      return toModule(set.toLowerCase(), folder, names);
    },
  };
}

function namedIcons(file: string): string[] {
  if (!/\.(html|js|ts|xml)$/.test(file)) return [];
  return [...fs.readFileSync(file, "utf8").matchAll(/\b(?:action|custom|doctype|standard|utility):\w+/g)].map(
    ([icon]) => icon,
  );
}

function toModule(set: string, folder: string, names: ReadonlySet<string>): string {
  const wanted = [...names]
    .filter((icon) => icon.startsWith(`${set}:`))
    .map((icon) => icon.slice(set.length + 1))
    .filter((icon) => fs.existsSync(path.join(folder, `${icon}.html`)));
  const imports = wanted.map((icon, at) => `import t${at} from ${JSON.stringify(path.join(folder, `${icon}.html`))};`);
  return `${imports.join("\n")}\nexport default { ${wanted.map((icon, at) => `${set}_${icon}: t${at}`).join(", ")} };\n`;
}
