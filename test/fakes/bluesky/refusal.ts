/** The answer is no: HTTP's status, and the network's name for why. */
export class Refused extends Error {
  readonly status: number;
  readonly error: string;

  constructor(status: number, error: string, message = error) {
    super(message);
    this.status = status;
    this.error = error;
  }
}
