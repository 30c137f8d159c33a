import type { Readable } from "node:stream";
import { Refused } from "../errors.ts";

/** The other side went away, or was too slow, before its body was complete. */
export class Cut extends Error {
  override readonly name = "Cut";
}

/**
 * The body as it came in, in bytes. Never holds more than `longest`: throws `Refused` as soon as there is more, and leaves the
 * rest to flow away unread. Throws `Cut` where it does not come to its end.
 */
export function readBody(
  request: Readable & { readonly headers: { readonly "content-length"?: string | undefined } },
  longest: number,
): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Buffer[] = [];
  let length = Number(request.headers["content-length"] ?? 0) > longest ? Infinity : 0;

  function note(chunk: Buffer): void {
    length += chunk.length;
    if (length <= longest) chunks.push(chunk);
    else stop();
  }
  function stop(): void {
    request.off("data", note);
    chunks.length = 0;
    reject(new Refused(413, `A body may have ${longest} bytes: send fewer events at a time.`));
  }

  request.once("end", () => resolve(Buffer.concat(chunks)));
  request.once("close", () => reject(new Cut("The body did not come to its end.")));
  request.once("error", () => reject(new Cut("The body did not come to its end.")));
  if (length > longest) stop();
  else request.on("data", note);
  return promise;
}
