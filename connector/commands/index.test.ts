import { openTestShell } from "../../test/fakes/shell.ts";

test("a command that there is not is named, with those that there are", async () => {
  await using shell = await openTestShell();
  await expect(shell.run("docter")).rejects.toThrow(/there is no command "docter"[^]*Usage: earshot start/);
});
