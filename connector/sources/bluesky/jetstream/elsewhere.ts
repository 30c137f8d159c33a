/** The stream does not go on from where we stood: it is another one than before, or no longer has that very frame. */
export class Elsewhere extends Error {
  override readonly name = "Elsewhere";
}
