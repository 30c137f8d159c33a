import { toDraft, toOpening } from "../../../test/contracts/crm/drafts.ts";
import { toTestPost } from "../../../test/fakes/posts.ts";
import type { Draft, Identity } from "../../model/draft.ts";
import type { KnownCase } from "../../model/memory.ts";
import type { OrgSettings } from "../../model/settings.ts";
import { toCaseUpdate, toNewCaseRow } from "./case-row.ts";
import { toFields } from "./fields.ts";

const f = toFields("");
const birth = { fallbackQueue: "", now: "2026-03-01T10:00:05.000Z", turn: 7 };
const settings: OrgSettings = {
  orgId: "00D",
  queues: new Map([["Social_Priority", "00G"]]),
  reopenedStatus: "New",
  completedTaskStatus: "Completed",
};
const known: KnownCase = {
  id: "500",
  key: undefined,
  conversation: undefined,
  account: undefined,
  madeAt: "2026-01-01T00:00:00.000Z",
  closedAt: undefined,
  lastInboundAt: undefined,
  firstResponseAt: undefined,
  contact: undefined,
};
const identity: Identity = { state: "Linked", link: { contact: "003" }, evidence: "Handle on record", found: true };

test("a Case is born with what people own from then on: an update names none of it", () => {
  const opening = { ...toOpening("owned", "owned"), identity };
  const own = ["OwnerId", "Priority", "Subject", "Description", "ContactId"];
  expect(Object.keys(toNewCaseRow(f, settings, [opening], birth) ?? {})).toEqual(expect.arrayContaining(own));

  const answer = toTestPost("owned-2", "nordwind", { direction: "outbound", parent: opening.post.key });
  const drafts = [opening, toDraft(answer)].map((draft): Draft => ({
    ...draft,
    home: { kind: "reopen", case: known },
  }));
  expect(Object.keys(toCaseUpdate(f, settings, drafts) ?? {}).sort()).toEqual(
    [
      "Id",
      "Status",
      f.case.firstResponseAt,
      f.case.lastInboundAt,
      f.case.responseDue,
      f.case.seenClosedAt,
      f.case.seenLength,
    ].sort(),
  );
});

test("a Case knows the post whose words it is called by, not another one of its batch", () => {
  const opening = toOpening("words", "words");
  const other = toDraft(toTestPost("words-0", "words", { postedAt: "2026-01-01T00:00:00.000Z" }));
  const key = opening.home?.kind === "new" ? opening.home.key : "";
  const row = toNewCaseRow(f, settings, [{ ...other, home: { kind: "batch", key } }, opening], birth);
  expect(row).toMatchObject({ [f.case.openingPost]: opening.post.key });
});

test.each([
  ["the post", 0, "2026-03-01T10:30:00.000Z"],
  ["the edit that asked", Date.parse("2026-03-01T12:00:00.000Z"), "2026-03-01T12:30:00.000Z"],
])("a response is due so long after %s", (_, version, due) => {
  const opening = toOpening("due", "due");
  const post = { ...opening.post, version, postedAt: "2026-03-01T10:00:00.000Z" };
  const draft = { ...opening, post };
  if (opening.triage !== undefined) draft.triage = { ...opening.triage, needsResponse: true, responseMinutes: 30 };
  const row = toNewCaseRow(f, settings, [draft], birth);
  expect(row).toMatchObject({ [f.case.responseDue]: due });
});
