import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CodeAnalyzer, CodeAnalyzerConfig } from "@salesforce/code-analyzer-core";
import { createEnginePlugin } from "@salesforce/code-analyzer-pmd-engine";

/** PMD, as Salesforce's code analyzer brings it, with its security rules for what stands on AppExchange: XML, markup, scripts. */

const root = path.resolve(import.meta.dirname, "../../..");
const OLDEST_JAVA = 11;

/** The rule takes every name with Key or Private in it for a credential. These are ids of posts and people, and words. */
const NO_CREDENTIALS = [
  "Social_Account__c.External_Key__c",
  "Social_Listener__c.External_Key__c",
  "Social_Persona__c.External_Key__c",
  "Social_Persona__c.Handle_Key__c",
  "Social_Post__c.Conversation_Key__c",
  "Social_Post__c.External_Key__c",
  "Social_Post__c.Parent_Key__c",
  "Social_Post__c.Private_Text__c",
  "Social_Reply__c.Private_Text__c",
  "Social_Reply__c.Sent_Post_Key__c",
  "Social_Rule__c.External_Key__c",
].map((field) => `ProtectSensitiveData ${field}`);

function hasJava(): boolean {
  const { stderr, status } = spawnSync("java", ["-version"], { encoding: "utf8" });
  return status === 0 && Number(/version "(\d+)/.exec(stderr)?.[1]) >= OLDEST_JAVA;
}

/** What PMD says of these folders: the rule, and the field or file it is about. */
async function findings(folders: readonly string[]): Promise<readonly string[]> {
  const engines = { pmd: { java_command: "java" } };
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ engines, root_working_folder: scratch }));
  await analyzer.addEnginePlugin(createEnginePlugin());
  const workspace = await analyzer.createWorkspace([...folders]);
  const rules = await analyzer.selectRules(["pmd:Security"], { workspace });
  const results = await analyzer.run(rules, { workspace });
  return results.getViolations().map((each) => {
    const file = each.getPrimaryLocation().getFile() ?? "";
    const field = /objects\/(\w+)\/fields\/(\w+)\.field-meta\.xml$/.exec(file);
    return `${each.getRule().getName()} ${field ? `${field[1]}.${field[2]}` : path.basename(file)}`;
  });
}

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), "earshot-pmd-"));
});
afterAll(() => rm(scratch, { recursive: true }));

const java = hasJava();
if (!java) process.stdout.write(`PMD did not look at the metadata: there is no Java ${OLDEST_JAVA} or newer here\n`);
const withJava = java ? test : test.skip;

withJava("PMD finds nothing in the metadata but names that sound like credentials", async () => {
  const found = await findings([path.join(root, "force-app"), path.join(root, "org-setup")]);
  expect([...found].sort()).toEqual(NO_CREDENTIALS);
});

withJava("PMD would find a site that may be called without encryption, and a channel open to all", async () => {
  const xmlns = "http://soap.sforce.com/2006/04/metadata";
  const folder = path.join(scratch, "open");
  await mkdir(path.join(folder, "remoteSiteSettings"), { recursive: true });
  await mkdir(path.join(folder, "messageChannels"));
  await writeFile(
    path.join(folder, "remoteSiteSettings/Open.remoteSite-meta.xml"),
    `<RemoteSiteSetting xmlns="${xmlns}"><disableProtocolSecurity>true</disableProtocolSecurity></RemoteSiteSetting>`,
  );
  await writeFile(
    path.join(folder, "messageChannels/Open.messageChannel-meta.xml"),
    `<LightningMessageChannel xmlns="${xmlns}"><isExposed>true</isExposed></LightningMessageChannel>`,
  );
  expect([...(await findings([folder]))].sort()).toEqual([
    "AvoidDisableProtocolSecurityRemoteSiteSetting Open.remoteSite-meta.xml",
    "AvoidLmcIsExposedTrue Open.messageChannel-meta.xml",
  ]);
});
