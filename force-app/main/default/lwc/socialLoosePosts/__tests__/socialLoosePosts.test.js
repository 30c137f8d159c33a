import { createRecord, deleteRecord, updateRecord } from "lightning/uiRecordApi";
import { makeCase, undoCase } from "../acts";

jest.mock("@salesforce/label/c.Social_Private_From", () => ({ default: "Private message from {0}" }), {
  virtual: true,
});

const post = { id: "a0P1", author: { name: "Anna" }, excerpt: "my bag\nis lost", contactId: "003A" };

beforeEach(() => {
  jest.clearAllMocks();
  createRecord.mockResolvedValue({ id: "500A" });
  updateRecord.mockResolvedValue({});
  deleteRecord.mockResolvedValue();
});

test("a Case is made of a public post's words, and the post stands on it", async () => {
  await expect(makeCase(post)).resolves.toBe("500A");
  expect(createRecord.mock.calls[0][0]).toEqual({
    apiName: "Case",
    fields: { Origin: "Social", Subject: "my bag is lost", ContactId: "003A" },
  });
  expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: "a0P1", Case__c: "500A" } });
});

test("of a private message the Case holds no word", async () => {
  await makeCase({ ...post, isPrivate: true, text: "secret", excerpt: "secret" });
  expect(JSON.stringify(createRecord.mock.calls)).not.toContain("secret");
  expect(createRecord.mock.calls[0][0].fields.Subject).toBe("Private message from Anna");
});

test("a Case that the post cannot be put on does not stay", async () => {
  updateRecord.mockRejectedValueOnce(new Error("locked"));
  await expect(makeCase(post)).rejects.toThrow("locked");
  expect(deleteRecord).toHaveBeenCalledWith("500A");
});

test("undone, the Case goes, unless somebody else's words stand on it or it may not be deleted", async () => {
  await expect(undoCase(post, { caseId: "500A", isShared: false })).resolves.toBe(true);
  deleteRecord.mockClear();
  await expect(undoCase(post, { caseId: "500A", isShared: true })).resolves.toBe(false);
  expect(deleteRecord).not.toHaveBeenCalled();
  deleteRecord.mockRejectedValueOnce(new Error("no"));
  await expect(undoCase(post, { caseId: "500A", isShared: false })).resolves.toBe(false);
});
