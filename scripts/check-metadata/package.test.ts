import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { package_, project, saidAfter, saidOf } from "./changed-metadata.ts";
import { readProjectFile } from "./project-file.ts";
import { API_VERSION } from "../../connector/crm/salesforce/connect.ts";

const rep = `${package_}/permissionsets/Social_Rep.permissionset-meta.xml`;
const setup = "org-setup/main/default";

describe("what a package cannot carry", () => {
  test.each([
    ["a queue", "queues/Extra.queue-meta.xml", "<Queue/>", "a package carries no queues"],
    [
      "a standard list",
      "standardValueSets/CaseOrigin.standardValueSet-meta.xml",
      "<StandardValueSet/>",
      "it would replace the org's own list",
    ],
    [
      "the app to log in with",
      "externalClientApps/Extra.eca-meta.xml",
      "<ExternalClientApplication/>",
      "each org has an app of its own, with its own key and secret",
    ],
  ])("%s", (_name, path, source, reason) => {
    const name = path.split("/").at(-1) ?? "";
    expect(saidOf(`${package_}/${path}`, source)).toContain(`${name}: belongs in org-setup: ${reason}`);
    expect(saidOf(`${setup}/${path}`, source)).not.toContain(`${name}: belongs in org-setup: ${reason}`);
  });

  test.each([
    [
      "rights on the org's objects",
      "<object>Social_Post__c<",
      "<object>Case<",
      "a package carries no rights on Case: put them into org-setup",
    ],
    [
      "rights on the org's fields",
      ">Case.Social_Persona__c<",
      ">Case.Subject<",
      "a package carries no rights on Case.Subject: put them into org-setup",
    ],
    [
      "rights of the system",
      "</PermissionSet>",
      "<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>",
      "a package carries no ApiEnabled: put it into org-setup",
    ],
  ])("%s", (_name, from, to, message) => {
    expect(saidAfter(rep, from, to)).toContain(`Social_Rep.permissionset-meta.xml: ${message}`);
  });
});

test.each([
  [
    "extlClntAppGlobalOauthSets/Earshot.ecaGlblOauth-meta.xml",
    "<ExtlClntAppGlobalOauthSettings/>",
    "holds an app's key and secret: keep it out of the project",
  ],
  [
    "extlClntAppOauthSettings/Earshot.ecaOauth-meta.xml",
    "<ExtlClntAppOauthSettings><oauthLink>00D:888</oauthLink></ExtlClntAppOauthSettings>",
    "holds a oauthLink, which is one org's own",
  ],
])("a secret or another org's app in any folder: %s", (path, source, message) => {
  expect(saidOf(`${setup}/${path}`, source)).toContain(`${path.split("/").at(-1) ?? ""}: ${message}`);
});

describe("the project's file", () => {
  test("makes one package, of force-app, in the version that the connector speaks", () => {
    const [read, problems] = readProjectFile(project);
    expect(problems).toEqual([]);
    expect(read).toEqual({ folders: ["force-app", "org-setup"], packaged: ["force-app"], apiVersion: API_VERSION });
  });

  test.each([
    ["no package", [{ path: "force-app", default: true }], {}, "must make one package of one folder"],
    [
      "a package that is not the default",
      [{ path: "force-app", package: "Earshot", versionNumber: "0.1.0.NEXT" }],
      {},
      "must have the package's folder as its default",
    ],
    [
      "no version",
      [{ path: "force-app", default: true, package: "Earshot" }],
      {},
      "needs a versionNumber such as 1.2.0.NEXT for Earshot",
    ],
    [
      "a namespace",
      [{ path: "force-app", default: true, package: "Earshot", versionNumber: "0.1.0.NEXT" }],
      { namespace: "acme" },
      "must leave the namespace to whoever makes the package",
    ],
  ])("with %s", (_name, packageDirectories, more, message) => {
    const root = mkdtempSync(join(tmpdir(), "earshot-project-test-"));
    try {
      const file = { packageDirectories, sourceApiVersion: "66.0", ...more };
      writeFileSync(join(root, "sfdx-project.json"), JSON.stringify(file));
      expect(readProjectFile(root)[1]).toEqual([{ path: "sfdx-project.json", message }]);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
