/** What the org says no with: Salesforce's error code, its sentence, and the fields at fault. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly errorCode: string;
  readonly fields: readonly string[];
  /** The HTTP status of a single-record answer; rows of a collection are refused with 200. */
  readonly status: number;

  constructor(errorCode: string, message: string, options: { fields?: readonly string[]; status?: number } = {}) {
    super(message);
    this.errorCode = errorCode;
    this.fields = options.fields ?? [];
    this.status = options.status ?? 400;
  }
}

export function noSuchResource(): Refusal {
  return new Refusal("NOT_FOUND", "The requested resource does not exist", { status: 404 });
}

export function noSuchColumn(field: string, object: string): Refusal {
  return new Refusal("INVALID_FIELD", `No such column '${field}' on sobject of type ${object}`);
}
