import { fork, type ChildProcess } from "node:child_process";
import { on, once } from "node:events";
import { closeSync, openSync } from "node:fs";

const LAST_CALL_MS = 10_000;

export interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
  /** Where its output goes. */
  readonly log: string;
  readonly signal: AbortSignal;
}

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The next message that it sent, also before it was asked for; rejects when it ends before that, or on abort. */
  message(): Promise<unknown>;
}

/** A process of ours, told to stop by the end of its channel; killed if it does not. */
export function startChild({ file, args, env = {}, nodeFlags = ["--no-warnings"], log, signal }: ChildOptions): Child {
  const output = openSync(log, "a");
  const child = fork(file, [...args], {
    execArgv: [...nodeFlags],
    stdio: ["ignore", output, output, "ipc"],
    env: { ...process.env, ...env },
  });
  closeSync(output);
  const ended = once(child, "exit");
  const messages = on(child, "message", { signal, close: ["exit"] });
  return {
    process: child,
    async message() {
      const next: IteratorResult<unknown[]> = await messages.next();
      if (next.done === true) throw new Error(`${file} has ended, see ${log}`);
      return next.value[0];
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      const lastCall = setTimeout(() => child.kill("SIGKILL"), LAST_CALL_MS);
      await ended;
      clearTimeout(lastCall);
    },
  };
}
