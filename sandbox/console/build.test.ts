import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { readMetadata } from "../org/metadata/index.ts";
import { buildConsole } from "./build.ts";

const { schema } = readMetadata([]);

/** A source folder with one component of this script, and a label. */
async function sourceFolder(
  script: string,
): Promise<AsyncDisposable & { readonly forceApp: string; readonly cache: string }> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "earshot-build-"));
  const forceApp = path.join(root, "force-app");
  const write = async (file: string, text: string): Promise<void> => {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), text);
  };
  await write("package.json", "{}");
  await fs.symlink(path.resolve("node_modules"), path.join(root, "node_modules"));
  await write(
    "force-app/labels/CustomLabels.labels-meta.xml",
    "<CustomLabels><labels><fullName>Hello</fullName><value>Hello &amp; welcome</value></labels></CustomLabels>",
  );
  await write(
    "force-app/lwc/hello/hello.js-meta.xml",
    "<LightningComponentBundle><isExposed>true</isExposed></LightningComponentBundle>",
  );
  await write("force-app/lwc/hello/hello.html", "<template><p>{words}</p></template>");
  await write(
    "force-app/lwc/hello/hello.js",
    `import { LightningElement } from "lwc";\n${script}\nexport default class Hello extends LightningElement { words = String(named); }\n`,
  );
  return {
    forceApp,
    cache: path.join(root, "cache"),
    [Symbol.asyncDispose]: () => fs.rm(root, { recursive: true, force: true }),
  };
}

const allText = async (dir: string): Promise<string> => {
  const files = await fs.readdir(dir, { recursive: true, withFileTypes: true });
  const scripts = files.filter((file) => file.isFile());
  return (await Promise.all(scripts.map((file) => fs.readFile(path.join(file.parentPath, file.name), "utf8")))).join(
    "\n",
  );
};

test("builds once for equal inputs, also for two builders at the same time, and again after a change", async () => {
  await using source = await sourceFolder(`import named from "@salesforce/label/c.Hello";`);
  const build = () => buildConsole({ ...source, schema });
  const [one, other] = await Promise.all([build(), build()]);
  expect(one.dir).toBe(other.dir);
  expect(await fs.readdir(source.cache)).toHaveLength(1);
  expect(await allText(one.dir)).toContain("Hello & welcome");
  expect(await build()).toEqual({ dir: one.dir, isFresh: false });

  await fs.appendFile(path.join(source.forceApp, "lwc/hello/hello.js"), "// changed\n");
  const next = await build();
  expect(next.isFresh).toBe(true);
  expect(next.dir).not.toBe(one.dir);
}, 120_000);

test.each([
  [`import named from "@salesforce/label/c.Goodbye";`, "The label Goodbye is not in CustomLabels."],
  [`import named from "@salesforce/schema/Case.Mood";`, "@salesforce/schema/Case.Mood: Case has no field Mood."],
  [`import named from "@salesforce/schema/Mood__c";`, "@salesforce/schema/Mood__c: the org has no object Mood__c."],
  [`import named from "@salesforce/apex/Mood.read";`, "Earshot has no Apex"],
  [
    `import named from "@salesforce/messageChannel/Mood__c";`,
    "there is no messageChannels/Mood.messageChannel-meta.xml",
  ],
  [`import named from "lightning/mood";`, "lightning/mood"],
])(
  "%s fails the build with a sentence and leaves nothing behind",
  async (script, sentence) => {
    await using source = await sourceFolder(script);
    await expect(buildConsole({ ...source, schema })).rejects.toThrow(sentence);
    expect(await fs.readdir(source.cache)).toEqual([]);
  },
  60_000,
);
