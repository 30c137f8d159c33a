import { Refused } from "../../../connector/errors.ts";
import type { IsoTime } from "../../../connector/model/glossary.ts";
import type { Delivery, RawRequest, Source } from "../../../connector/sources/source.ts";

/** The other side of a source that is told instead of asking. Each request is signed as it has to be. */
export interface Sender {
  readonly source: Source;
  /** When the requests are signed. */
  readonly now: IsoTime;
  say(text: string): RawRequest;
  /** Of what was said. */
  edit(text: string): RawRequest;
  remove(): RawRequest;
  /** The header that the signature stands in, by lower-case name. */
  readonly signature: string;
}

const DAY_MS = 86_400_000;

/** What every source with `receive` promises, whoever calls it. */
export function receivingContract(openSender: () => Promise<Sender>): void {
  describe("what is delivered", () => {
    function promise(title: string, body: (sender: Sender) => void): void {
      test(title, async () => {
        body(await openSender());
      });
    }

    promise("is told as what it is, under our account", (sender) => {
      const [event] = receive(sender, sender.say("my bag")).events;
      expect(event).toMatchObject({ type: "posted", post: { text: "my bag", version: 0, detectedAt: sender.now } });
      expect(event).toMatchObject({ post: { account: sender.source.account.key } });
    });

    promise("is the same however often it comes", (sender) => {
      const request = sender.say("my bag");
      expect(receive(sender, request)).toEqual(receive(sender, request));
    });

    promise("may be edited and taken back", (sender) => {
      const [posted] = receive(sender, sender.say("my bag")).events;
      const [edited] = receive(sender, sender.edit("my red bag")).events;
      const [deleted] = receive(sender, sender.remove()).events;
      const key = posted?.type === "posted" ? posted.post.key : "";
      expect(edited).toMatchObject({ type: "edited", post: { key, text: "my red bag" } });
      expect(edited?.type === "edited" && edited.post.version).toBeGreaterThan(0);
      expect(deleted).toMatchObject({ type: "deleted", key: `${key}#gone`, post: key });
    });

    promise("is refused where one byte of it is another", (sender) => {
      const { headers, body } = sender.say("my bag");
      for (let at = 0; at < body.length; at++) {
        const changed = Uint8Array.from(body);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(() => receive(sender, { headers, body: changed })).toThrow(Refused);
      }
    });

    promise("is refused without its signature, and with another one's", (sender) => {
      const { headers, body } = sender.say("my bag");
      const other = sender.say("my other bag").headers[sender.signature];
      for (const signature of [undefined, "", other])
        expect(() => receive(sender, { headers: { ...headers, [sender.signature]: signature }, body })).toThrow(
          Refused,
        );
    });

    promise("is refused when it was signed long ago", (sender) => {
      const tomorrow = new Date(Date.parse(sender.now) + DAY_MS).toISOString();
      expect(() => receive(sender, sender.say("my bag"), tomorrow)).toThrow(Refused);
    });
  });
}

function receive({ source, now }: Sender, request: RawRequest, at = now): Delivery {
  const delivery = source.receive?.(request, at);
  if (delivery === undefined) throw new Error("This source receives nothing");
  return delivery;
}
