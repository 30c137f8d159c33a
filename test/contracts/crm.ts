import { editingContract } from "./crm/editing.ts";
import { erasingContract } from "./crm/erasing.ts";
import { formerWordsContract } from "./crm/former-words.ts";
import { lateWritesContract } from "./crm/late-writes.ts";
import { keepingContract } from "./crm/keeping.ts";
import { company, never, type CrmPlace, type Promised } from "./crm/place.ts";
import { followingContract } from "./crm/following.ts";
import { recallingContract } from "./crm/recalling.ts";
import { recordingContract } from "./crm/recording.ts";
import { replyingContract } from "./crm/replying.ts";

/** What every CRM promises. One place serves all: each test has people and posts of its own. */
export function crmContract(openPlace: () => Promise<CrmPlace>): void {
  let place: CrmPlace;

  beforeAll(async () => {
    place = await openPlace();
    const news = { account: company, health: "Connected", detail: "", lastHeardAt: undefined, coverage: [] } as const;
    await place.crm.report([news], never);
  }, 60_000);
  afterAll(() => place[Symbol.asyncDispose]());
  afterEach(() => place.endTrouble());

  const promise: Promised = (name, body) => {
    test(name, () => body(place));
  };
  describe("recall", () => recallingContract(promise));
  describe("record and erase", () => recordingContract(promise));
  describe("edits, and the four times", () => editingContract(promise));
  describe("what an edit took back", () => formerWordsContract(promise));
  describe("what is deleted", () => erasingContract(promise));
  describe("a call that is held while the world moves on", () => lateWritesContract(promise));
  describe("changes and follow", () => followingContract(promise));
  describe("listeners and rules", () => keepingContract(promise));
  describe("replies", () => replyingContract(promise));
}
