/** A VS Code that is tested with, as code-server: a release of it runs on one major of Node.js only. */
export interface Release {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: string;
}

/**
 * The newest, and the oldest that is known to run here. The extension admits 1.91, as its client library does; between
 * 1.91 and 1.93 nothing is tested.
 */
export const RELEASES = {
  newest: { vscode: "1.139.1", codeServer: "4.139.1", node: "24.21.0" },
  oldest: { vscode: "1.93.1", codeServer: "4.93.1", node: "20.20.2" },
} as const satisfies Record<string, Release>;

export type ReleaseName = keyof typeof RELEASES;
