import { profiles } from "../../../sandbox/org/access/to-access.ts";
import { readMetadata, type PermissionSet } from "../../../sandbox/org/metadata/index.ts";
import { sourceFolders } from "../../../sandbox/org/testing/open-test-org.ts";
import type { Actor } from "../../../sandbox/org/access.ts";
import { grantsOf, type Grant } from "./grants.ts";
import { toReads, type Step } from "./reads.ts";
import { openScene, type Scene } from "./scene.ts";
import { openTrial, withSets, type Trial } from "./trial.ts";
import { toCoordinatorWrites, toPrivateWrites, toRepWrites } from "./writes.ts";

const { permissionSets } = readMetadata(sourceFolders);
const READ_TABS = ["Social_Inbox", "Social_Post__c", "Social_Reply__c", "Social_Persona__c", "Social_Account__c"];

interface Job {
  /** Whose every grant must be needed. */
  readonly set: string;
  /** What such a person holds beside it. */
  readonly beside?: string;
  readonly tabs: readonly string[];
  readonly writes: (scene: Scene, trial: Trial) => readonly Step[];
}

const jobs: readonly Job[] = [
  { set: "Social_Rep", tabs: READ_TABS, writes: toRepWrites },
  { set: "Social_Private_Messages", beside: "Social_Rep", tabs: READ_TABS, writes: toPrivateWrites },
  { set: "Social_Sales", tabs: READ_TABS, writes: () => [] },
  {
    set: "Social_Coordinator",
    tabs: [...READ_TABS, "Social_Listener__c", "Social_Rule__c"],
    writes: toCoordinatorWrites,
  },
];

const setNamed = (wanted: string): PermissionSet => {
  const found = permissionSets.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`There is no permission set ${wanted}`);
  return found;
};

let scene: Scene;
let trial: Trial;

beforeAll(async () => {
  scene = await openScene();
  trial = openTrial(scene.org);
});
afterAll(() => scene[Symbol.asyncDispose]());

/** What came of a step, as text; a refusal is an outcome, too. */
function outcome(step: Step, actor: Actor): string {
  return trial.undone(() => {
    try {
      return JSON.stringify(step(actor));
    } catch (error) {
      return String(error);
    }
  });
}

describe.each(jobs)("$set", ({ set: name, beside, tabs, writes }) => {
  const set = setNamed(name);
  const others = ["Nordwind_Fields", ...(beside === undefined ? [] : [beside])].map(setNamed);
  const holder = (held: PermissionSet): Actor => withSets(scene.actor("nora"), profiles.standard, [held, ...others]);

  test("lets such a person do their work", () => {
    const whole = holder(set);
    const done = writes(scene, trial).map((step) => outcome(step, whole));
    expect(done.filter((status) => !/^20\d$/.test(status))).toEqual([]);
    for (const step of toReads(scene, trial, tabs)) expect(outcome(step, whole)).not.toMatch(/"errors":\[\{|Refusal/);
  });

  test("gives nothing that this work can do without", () => {
    const whole = holder(set);
    const work = [...writes(scene, trial), ...toReads(scene, trial, tabs)].map((step) => ({
      step,
      before: outcome(step, whole),
    }));
    const isNeeded = ({ taken }: Grant): boolean => {
      const less = holder(taken);
      return work.some(({ step, before }) => outcome(step, less) !== before);
    };
    const unneeded = grantsOf(set).filter((grant) => !isNeeded(grant));
    expect(unneeded.map((grant) => grant.name)).toEqual([]);
  });
});
