/** Freezes a value all the way down and answers it: what a wire hands over cannot be changed by a component. */
export function toReadOnly<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) toReadOnly(part);
  }
  return value;
}
