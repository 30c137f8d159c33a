import { generateKeyPairSync, sign } from "node:crypto";

const EC_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const [INTEGER, BITS, OID, TEXT, TIME, SEQUENCE, SET] = [0x02, 0x03, 0x06, 0x0c, 0x17, 0x30, 0x31] as const;

/** A certificate that nobody vouches for, for `localhost` and this century, with its key; both in PEM. */
export function toSelfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = toDer(SEQUENCE, toDer(OID, Buffer.from(EC_WITH_SHA256)));
  const commonName = toDer(SEQUENCE, toDer(OID, Buffer.from(COMMON_NAME)), toDer(TEXT, Buffer.from("localhost")));
  const name = toDer(SEQUENCE, toDer(SET, commonName));
  const times = ["200101000000Z", "491231235959Z"].map((time) => toDer(TIME, Buffer.from(time)));
  const certified = toDer(
    SEQUENCE,
    toDer(INTEGER, Buffer.from([1])),
    ...[algorithm, name, toDer(SEQUENCE, ...times), name],
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = toDer(BITS, Buffer.from([0]), sign("sha256", certified, privateKey));
  const whole = toDer(SEQUENCE, certified, algorithm, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole}\n-----END CERTIFICATE-----\n`,
  };
}

function toDer(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const long = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...(body.length < 128 ? [body.length] : long)]), body]);
}
