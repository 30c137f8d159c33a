/** The request cannot be served: becomes a response with this status and `{"error": message}`, as Mastodon words it. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const notFound = () => new Refusal(404, "Record not found");
export const badToken = () => new Refusal(401, "The access token is invalid");
/** What Mastodon answers to a suspended account. */
export const lockedOut = () => new Refusal(403, "Your login is currently disabled");
export const invalid = (why: string) => new Refusal(422, `Validation failed: ${why}`);
