import { Command, InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "./check.ts";
import type { AnswerOptions } from "./answer.ts";
import type { ExitCode } from "./exit-code.ts";
import type { InventoryOptions } from "./inventory.ts";
import type { Surroundings } from "./surroundings.ts";
import { VERSION } from "./version.ts";

/** The command line: names, options and help. A command's code is loaded when it runs, so that help costs nothing. */
export function createProgram(around: Surroundings, done: (code: ExitCode) => void): Command {
  const program = new Command("remit")
    .description("Finds permissions an AI agent was given and does not need, and proves it with the calls.")
    .version(VERSION, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void around.out.write(text),
      writeErr: (text) => void around.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "remit: ")),
    })
    .addHelpText("after", PROGRAM_EXAMPLES);

  program
    .command("check", { isDefault: true })
    .description("find what is wrong with what agents are allowed to do (the default command)")
    .argument("[paths...]", "files and folders to report on; what they belong to is analysed whole")
    .addOption(format("text", "json", "sarif", "github"))
    .option("--fix", "apply fixes that are proven and add no permission; report what is left")
    .addOption(new Option("--diff", "print what --fix would change, and change nothing").conflicts("fix"))
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that makes the run fail")
        .choices(["error", "warning", "info", "never"])
        .default("error"),
    )
    .addOption(new Option("--max-warnings <number>", "fail if there are more warnings").argParser(wholeNumber))
    .addOption(
      new Option("--min-confidence <confidence>", "report only what is at least this sure").choices([
        "certain",
        "likely",
        "possible",
      ]),
    )
    .option("-a, --all", "print infos and what is only possible too, instead of counting them")
    .option("-q, --quiet", "print errors only")
    .option("--strict", "fail with 2 if a file could not be read or understood")
    .addOption(stdinFilename())
    .option("--print-config", "print the configuration in force, and analyse nothing")
    .addOption(config())
    .addOption(stats())
    .addOption(color())
    .addHelpText("after", CHECK_EXAMPLES)
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import("./check.ts");
      done(await check(paths, options, around));
    });

  program
    .command("inventory")
    .description("list agents, tools, calls, grants and blind spots")
    .argument("[paths...]", "files and folders to look at")
    .addOption(format("text", "json"))
    .option("--strict", "fail with 2 if a file could not be read or understood")
    .addOption(stdinFilename())
    .addOption(config())
    .addOption(stats())
    .addOption(color())
    .addHelpText("after", INVENTORY_EXAMPLES)
    .action(async (paths: string[], options: InventoryOptions) => {
      const { inventory } = await import("./inventory.ts");
      done(await inventory(paths, options, around));
    });

  program
    .command("explain")
    .description("say what a rule means, what a permission allows, or what a call needs")
    .argument("<rule|permission|operation>", "such as unused-permission, gmail.modify or gmail.users.messages.list")
    .addOption(format("text", "json"))
    .addOption(config())
    .addOption(color())
    .addHelpText("after", EXPLAIN_EXAMPLES)
    .action(async (subject: string, options: AnswerOptions) => {
      const { explain } = await import("./explain.ts");
      done(await explain(subject, options, around));
    });

  program
    .command("trace")
    .description("say what Remit knows about a place in the code, and why it knows no more")
    .argument("<file:line>", "such as src/mail.ts:12")
    .addOption(format("text", "json"))
    .addOption(stdinFilename())
    .addOption(config())
    .addOption(color())
    .addHelpText("after", TRACE_EXAMPLES)
    .action(async (place: string, options: AnswerOptions) => {
      const { trace } = await import("./trace.ts");
      done(await trace(place, options, around));
    });

  program
    .command("lsp")
    .description("serve an editor: the Language Server Protocol")
    .option("--stdio", "speak over standard input and output (the default)")
    .addOption(new Option("--node-ipc", "speak over the channel of a Node parent process").conflicts("stdio"))
    // Clients of Microsoft's library pass this; it is told again by the protocol.
    .addOption(new Option("--clientProcessId <id>", "process that started the server").hideHelp())
    .addHelpText("after", LSP_EXAMPLES)
    .action(async ({ nodeIpc }: { readonly nodeIpc?: boolean }) => {
      const { startLanguageServer } = await import("../lsp/main.ts");
      startLanguageServer({ transport: nodeIpc === true ? "node-ipc" : "stdio" });
    });

  return program;
}

function format(...choices: readonly string[]): Option {
  return new Option("-f, --format <format>", "how to print").choices(choices).default("text");
}

function config(): Option {
  return new Option("-c, --config <file>", "use this configuration instead of the workspace's remit.yaml");
}

function stats(): Option {
  return new Option("--stats", "print times and memory on stderr");
}

function stdinFilename(): Option {
  return new Option("--stdin-filename <file>", "take the text of this file from stdin");
}

function color(): Option {
  return new Option("--color <when>", "colour the output").choices(["auto", "always", "never"]).default("auto");
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It takes a whole number, such as 0.");
  return Number(text);
}

const PROGRAM_EXAMPLES = `
Examples:
  remit                            check this folder
  remit check packages/mail        report on one folder; what it belongs to is analysed whole
  remit inventory                  what can the agents here do, and what were they given?
  remit explain unused-permission  what does this rule mean?

Exit codes: 0 nothing to object to, 1 findings, 2 bad usage or nothing to analyse.
Nothing in the workspace is run, and nothing leaves this machine.`;

const CHECK_EXAMPLES = `
Examples:
  remit check --all                       also print what is only possible
  remit check --fail-on warning           fail on warnings too
  remit check --format json > report.json
  remit check --diff                      show what --fix would change
  remit check --fix                       take away what is not needed
  remit check --stdin-filename src/mail.ts < edited.ts

Findings that are only possible never make a run fail. --fix never adds a permission.`;

const INVENTORY_EXAMPLES = `
Examples:
  remit inventory
  remit inventory packages/mail --format json`;

const EXPLAIN_EXAMPLES = `
Examples:
  remit explain broad-permission
  remit explain gmail.modify
  remit explain gmail.users.messages.list`;

const TRACE_EXAMPLES = `
Examples:
  remit trace src/tools/mail.ts:42`;

const LSP_EXAMPLES = `
Examples:
  remit lsp --stdio                what to tell an editor to start`;
