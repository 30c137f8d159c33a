import { toFrame as readFrame } from "../../../connector/sources/bluesky/jetstream/frame.ts";
import { toFrame } from "./to-frame.ts";

test("each frame is one of the stream's, and the last is ours to read", () => {
  const frames = Array.from({ length: 100 }, (_, at) => toFrame(at + 1, 100));
  const read = frames.map(readFrame);
  expect(read.map((frame) => frame?.seq)).toEqual(frames.map((_, at) => at + 1));
  const operations = read.map((frame) => (frame !== undefined && "operation" in frame ? frame.operation : undefined));
  expect(new Set(operations)).toEqual(new Set(["create", "update", "delete"]));
  expect(frames.at(-1)).toContain("@nordwind");
});
