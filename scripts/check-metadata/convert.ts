import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "./problem.ts";
import type { Tree } from "./tree.ts";
import { all, parseXml, text, texts } from "./xml.ts";

/**
 * Converts the folders as a deployment would, and compares what arrived with what lies there: the converter drops in
 * silence what it does not understand.
 */
export async function checkConversion(tree: Tree): Promise<Problem[]> {
  const arrived = await convert(tree);
  const lying = new Map(tree.components.map((one) => [`${one.type}:${one.fullName}`, one.path]));
  return [
    ...[...lying]
      .filter(([name]) => !arrived.has(name))
      .map(([, path]) => ({ path, message: "is lost in conversion" })),
    ...[...arrived]
      .filter((name) => !lying.has(name) && !name.startsWith("CustomLabel:"))
      .map((name) => ({ path: tree.folders.join(), message: `the conversion makes up ${name}` })),
  ];
}

/** `Type:fullName` of everything in the package.xml of the converted folders. */
async function convert(tree: Tree): Promise<ReadonlySet<string>> {
  // Else the library opens a log file in the home directory as it is loaded.
  process.env["SF_DISABLE_LOG_FILE"] = "true";
  const { ComponentSet, MetadataConverter } = await import("@salesforce/source-deploy-retrieve");
  const outputDirectory = await mkdtemp(join(tmpdir(), "earshot-metadata-"));
  try {
    const source = ComponentSet.fromSource(tree.folders.map((folder) => join(tree.root, folder)));
    source.sourceApiVersion = tree.apiVersion;
    const { packagePath } = await new MetadataConverter().convert(source, "metadata", {
      type: "directory",
      outputDirectory,
    });
    const manifest = parseXml(await readFile(join(packagePath ?? outputDirectory, "package.xml"), "utf8"));
    if ("fault" in manifest) throw new Error(`The converter wrote a broken package.xml: ${manifest.fault}`);
    const types = all(manifest, "types");
    return new Set(
      types.flatMap((type) => texts(type, "members").map((member) => `${text(type, "name") ?? ""}:${member}`)),
    );
  } finally {
    await rm(outputDirectory, { recursive: true, force: true });
  }
}
