import { exitCodeOf, prepare, say } from "./prepare.mjs";

// `npm start`: shows what Remit does, on an agent that comes with it.
const EXAMPLE = "examples/mail-digest";

prepare();
say(`Checking the example agent: remit check ${EXAMPLE}`);
const code = exitCodeOf(process.execPath, ["dist/cli.js", "check", EXAMPLE]);
// 1 means that there are findings: the example has some, that is its point.
if (code > 1) process.exit(code);
say("Done. To check a project of your own: node dist/cli.js check PATH");
