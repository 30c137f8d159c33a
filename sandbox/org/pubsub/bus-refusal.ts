/** What the event bus says no with: gRPC's status, and Salesforce's own error code behind `sfdc.platform.eventbus.grpc.` */
export class BusRefusal extends Error {
  override readonly name = "BusRefusal";
  readonly status: keyof typeof statuses;
  readonly errorCode: string;

  constructor(status: keyof typeof statuses, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = `sfdc.platform.eventbus.grpc.${errorCode}`;
  }
}

/** gRPC's numbers. */
export const statuses = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export const unauthenticated = (): BusRefusal =>
  new BusRefusal(
    "UNAUTHENTICATED",
    "service.auth.error",
    "An authentication exception occurred. Provide valid authentication via metadata headers.",
  );

export const unavailable = (): BusRefusal =>
  new BusRefusal("UNAVAILABLE", "service.unavailable", "The Pub/Sub API service is unavailable.");

export const usedUp = (): BusRefusal =>
  new BusRefusal(
    "RESOURCE_EXHAUSTED",
    "subscription.limit.exceeded",
    "You have exceeded the event delivery limit for your org.",
  );

export const noTopic = (name: string): BusRefusal =>
  new BusRefusal("NOT_FOUND", "topic.not.found", `The topic ${name} does not exist.`);

export const mayNotSubscribe = (name: string): BusRefusal =>
  new BusRefusal("PERMISSION_DENIED", "subscription.topic.cannot.subscribe", `You may not subscribe to ${name}.`);
