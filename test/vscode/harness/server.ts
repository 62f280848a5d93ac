import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { install, type Installation } from "./install.ts";
import type { Release } from "./releases.ts";

/** User settings that keep VS Code quiet, off the network, and like the desktop where the web differs. */
const QUIET_SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off", // the web's default is "afterDelay"
  "git.autofetch": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
  // The example's packages are not installed; what TypeScript says of that is not what is tested.
  "typescript.validate.enable": false,
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

export interface ServerOptions {
  readonly release: Release;
  /** The folder to open. */
  readonly workspace: string;
  /** Open the folder itself, not a copy. */
  readonly inPlace?: boolean;
  /** A packaged extension, to be installed. */
  readonly vsix?: string;
  /** For a suite: the folder of the extension under development, and the module of `extensionTestsPath`. */
  readonly suite?: { readonly extension: string; readonly tests: string };
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code server with a profile, extensions, home and workspace of its own. */
export class CodeServer {
  url = "";
  workspace = "";
  readonly session: string;
  readonly logs: string;
  readonly #installation: Installation;
  readonly #options: ServerOptions;
  readonly #listeners = new Set<(line: string) => void>();
  #child: ChildProcess | undefined;
  #onExit: (reason: string) => void = () => {};
  /** Settles, with the reason, when the server has ended. */
  readonly exited = new Promise<string>((settle) => (this.#onExit = settle));

  private constructor(installation: Installation, session: string, options: ServerOptions) {
    this.session = session;
    this.logs = join(session, "data/logs");
    this.#installation = installation;
    this.#options = options;
  }

  static async start(options: ServerOptions): Promise<CodeServer> {
    const installation = await install(options.release, console.error);
    // A short path: the server puts Unix sockets below it, and their names end at 107 bytes.
    const session = await realpath(await mkdtemp(join(tmpdir(), "vsc-")));
    const server = new CodeServer(installation, session, options);
    try {
      await server.#prepare();
      await server.#listen();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Calls back with each line that the server prints. */
  onLine(listener: (line: string) => void): void {
    this.#listeners.add(listener);
  }

  /** The workbench's address, with the folder and the suite that were asked for. */
  workbenchUrl(): string {
    const remote = (file: string): string =>
      `vscode-remote://${new URL(this.url).host}${pathToFileURL(resolve(file)).pathname}`;
    const { suite } = this.#options;
    const payload = [
      ["skipWelcome", "true"],
      ["skipReleaseNotes", "true"],
      ...(suite ? [["extensionDevelopmentPath", remote(suite.extension)]] : []),
      ...(suite ? [["extensionTestsPath", remote(suite.tests)]] : []),
    ];
    const address = new URL(this.url);
    address.searchParams.set("folder", this.workspace);
    address.searchParams.set("payload", JSON.stringify(payload));
    return address.href;
  }

  async stop(): Promise<void> {
    if (this.#child?.pid !== undefined) {
      this.#kill("SIGTERM");
      const timer = setTimeout(() => this.#kill("SIGKILL"), 3000);
      await this.exited;
      clearTimeout(timer);
      this.#kill("SIGKILL"); // a language server that outlived its extension host
    }
    await rm(this.session, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #prepare(): Promise<void> {
    const { workspace, inPlace, vsix, settings } = this.#options;
    for (const folder of ["data/User", "ext", "home"]) await mkdir(join(this.session, folder), { recursive: true });
    await writeFile(join(this.session, "config.yaml"), "auth: none\n");
    const allSettings = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2);
    await writeFile(join(this.session, "data/User/settings.json"), allSettings);
    this.workspace = inPlace ? resolve(workspace) : join(this.session, "ws", basename(resolve(workspace)));
    if (!inPlace) await cp(workspace, this.workspace, { recursive: true });
    if (vsix === undefined) return;
    const { node } = this.#installation;
    const installing = [...this.#arguments(), "--install-extension", resolve(vsix), "--force"];
    await promisify(execFile)(node, installing, { env: this.#environment() });
  }

  async #listen(): Promise<void> {
    const { node, testSwitch } = this.#installation;
    const address = ["--auth", "none", "--bind-addr", "127.0.0.1:0", "--ignore-last-opened"];
    const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
    const forTests = this.#options.suite ? testSwitch : [];
    const args = [...this.#arguments(), ...address, ...quiet, "--disable-getting-started-override", ...forTests];
    // Its own process group, so that stop() reaches extension hosts and language servers too.
    const child = spawn(node, args, { env: this.#environment(), stdio: ["ignore", "pipe", "pipe"], detached: true });
    this.#child = child;
    const takeDown = (): void => {
      this.#kill("SIGKILL");
      rmSync(this.session, { recursive: true, force: true, maxRetries: 5 });
    };
    process.once("exit", takeDown);
    child.once("close", (code, signal) => {
      process.off("exit", takeDown);
      this.#onExit(`VS Code's server ended (${signal ?? `code ${code}`})`);
    });
    const tail = this.#readLines(child);
    const listening = new Promise<string>((found) => {
      this.onLine((line) => {
        const url = /HTTP server listening on (http:\/\/\S+)/.exec(line)?.[1];
        if (url !== undefined) found(url);
      });
    });
    const failed = new Promise<never>((_, fail) => {
      child.once("error", fail);
      void this.exited.then((reason) => fail(new Error(`${reason}\n${tail()}`)));
      setTimeout(() => fail(new Error(`VS Code's server did not start in 90 s\n${tail()}`)), 90_000).unref();
    });
    failed.catch(() => {}); // After the start nobody waits for it.
    this.url = await Promise.race([listening, failed]);
  }

  /** Passes the lines on, keeps them in a file, and returns what gives the last of them. */
  #readLines(child: ChildProcess): () => string {
    const file = createWriteStream(join(this.session, "server.log"));
    let tail = "";
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (data: string) => {
        file.write(data);
        tail = (tail + data).slice(-2000);
        const lines = (rest + data).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) for (const listener of this.#listeners) listener(line);
      });
    }
    return () => tail;
  }

  #arguments(): string[] {
    const at = (name: string): string => join(this.session, name);
    const config = ["--config", at("config.yaml")];
    const folders = ["--user-data-dir", at("data"), "--extensions-dir", at("ext")];
    return [this.#installation.entry, ...config, ...folders];
  }

  #environment(): NodeJS.ProcessEnv {
    const env = { ...process.env };
    for (const name of Object.keys(env)) {
      // Set inside VS Code's own terminals: they would send our commands to that other VS Code.
      if (/^(VSCODE_|CODE_SERVER_|CS_|ELECTRON_)/.test(name)) delete env[name];
    }
    for (const name of ["PORT", "PASSWORD", "HASHED_PASSWORD", "GITHUB_TOKEN", "LOG_LEVEL", "NODE_OPTIONS"])
      delete env[name];
    return {
      ...env,
      HOME: join(this.session, "home"),
      EXTENSIONS_GALLERY: "{}",
      REMIT_SESSION: this.session,
      ...this.#options.env,
    };
  }

  #kill(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It has ended already.
    }
  }
}
