import type { Surroundings } from "./surroundings.ts";

export interface Progress {
  report(done: number, total: number, what: string): void;
  stop(): void;
}

/** Shown on stderr, and only to a person. */
export async function startProgress({ err, environment }: Surroundings): Promise<Progress> {
  if (!err.isTerminal || (environment["CI"] ?? "") !== "") return { report() {}, stop() {} };
  const { default: yoctoSpinner } = await import("yocto-spinner");
  const spinner = yoctoSpinner({ text: "Reading the workspace" }).start();
  return {
    report(done, total, what) {
      spinner.text = total > 0 ? `${what} ${done}/${total}` : what;
    },
    stop() {
      spinner.stop();
    },
  };
}
