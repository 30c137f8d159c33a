import { company, never, type CrmPlace, type Promised } from "./crm/place.ts";
import { recallingContract } from "./crm/recalling.ts";
import { recordingContract } from "./crm/recording.ts";
import { replyingContract } from "./crm/replying.ts";

/** What every CRM promises. One place serves all: each test has people and posts of its own. */
export function crmContract(openPlace: () => Promise<CrmPlace>): void {
  let place: CrmPlace;

  beforeAll(async () => {
    place = await openPlace();
    const news = { account: company, health: "Connected", detail: "", lastHeardAt: undefined } as const;
    await place.crm.report([news], never);
  }, 60_000);
  afterAll(() => place[Symbol.asyncDispose]());
  afterEach(() => place.endTrouble());

  const promise: Promised = (name, body) => {
    test(name, () => body(place));
  };
  describe("recall", () => recallingContract(promise));
  describe("record and erase", () => recordingContract(promise));
  describe("replies", () => replyingContract(promise));
}
