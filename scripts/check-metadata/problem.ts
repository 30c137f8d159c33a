/** What is wrong, and in which file (a path below the project's root). */
export interface Problem {
  readonly path: string;
  readonly message: string;
}
