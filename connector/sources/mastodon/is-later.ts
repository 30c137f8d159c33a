/**
 * Whether an id (or the key made of it) came into being after another. Ids are numbers too long for a number, or words of
 * one length: the longer is the later, else the alphabet decides.
 */
export function isLater(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
