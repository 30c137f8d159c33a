import { profiles } from "../../../sandbox/org/access/to-access.ts";
import { readMetadata, type PermissionSet } from "../../../sandbox/org/metadata/index.ts";
import { openTestOrg, sourceFolders, type TestOrg } from "../../../sandbox/org/testing/open-test-org.ts";
import { openCustomerMetadata, orgWideDefault } from "../../fakes/customer-metadata.ts";
import { grantsOf } from "./grants.ts";
import { openTrial, withSets } from "./trial.ts";

const { permissionSets } = readMetadata(sourceFolders);
const OPTIONAL = "Social_Connector_Private_Cases";
/** An org may refuse rights on Cases to a set that does not read whose they are; the sandbox knows no such dependency. */
const UNPLAYED = ["Account allowRead", "Contact allowRead"];

const setNamed = (wanted: string): PermissionSet => {
  const found = permissionSets.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`There is no permission set ${wanted}`);
  return found;
};

let customer: Awaited<ReturnType<typeof openCustomerMetadata>>;
let served: TestOrg;

beforeAll(async () => {
  customer = await openCustomerMetadata(orgWideDefault("Case", "Private"));
  served = await openTestOrg({ metadata: [...sourceFolders, customer.path] });
});
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await customer[Symbol.asyncDispose]();
});

/** What becomes of a change of a Case that a rep owns, by a connector with these sets. */
function change(sets: readonly PermissionSet[]): number {
  const [rita, connector] = ["rita", "connector"].map((name) => served.org.store.actor(`${name}@nordwind.example`));
  if (rita === undefined || connector === undefined) throw new Error("Somebody is missing");
  const trial = openTrial(served.org);
  return trial.undone(() => {
    const id = served.org.store.create(rita, "Case", { Subject: "Bag" });
    const url = `/services/data/v66.0/sobjects/Case/${id}`;
    const headers = { "sforce-auto-assign": "FALSE" };
    const holder = withSets(connector, profiles.integration, sets);
    return trial.ask(holder, { method: "PATCH", url, headers, body: { Status: "Working" } }).status;
  });
}

const usual = ["Social_Connector", "Social_Connector_Org"].map(setNamed);

test("where Cases are private, the connector changes those of reps with the optional set, and not without", () => {
  expect(change(usual)).toBe(403);
  expect(change([...usual, setNamed(OPTIONAL)])).toBe(204);
});

test("the optional set gives nothing that this can do without, or that Salesforce does not give with it", () => {
  const everything = grantsOf(setNamed(OPTIONAL));
  const grants = everything.filter(({ about }) => about === "Case");
  expect(everything.filter((one) => !grants.includes(one)).map(({ name }) => name)).toEqual(UNPLAYED);
  const held = usual.flatMap(grantsOf).map(({ name }) => name);
  expect(held).toEqual(expect.arrayContaining(UNPLAYED));
  // Whoever may modify all may read, edit and delete.
  const needed = grants.filter(({ taken }) => change([...usual, taken]) !== 204);
  expect(needed.map(({ name }) => name)).toEqual(grants.map(({ name }) => name));
});

test("nobody holds the optional set unless somebody gives it", () => {
  const admin = served.org.store.actor("ada@nordwind.example");
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = '${OPTIONAL}'`;
  expect(admin && served.org.store.query(admin, soql).records).toEqual([]);
});
