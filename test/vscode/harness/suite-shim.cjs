/**
 * VS Code loads this module as `extensionTestsPath`. It runs the suite that REMIT_SUITE names, copies what the suite prints
 * to `suite.log` in the session's folder as it is printed (VS Code's own way out mixes it with all that the workbench logs),
 * and leaves `suite.passed` there when the suite has passed.
 */
"use strict";
const { openSync, writeFileSync, writeSync } = require("node:fs");
const path = require("node:path");
const { format } = require("node:util");

const inSession = (name) => path.join(process.env.REMIT_SESSION, name);

exports.run = async () => {
  const output = openSync(inSession("suite.log"), "a");
  for (const method of ["log", "error"]) {
    // Not by assignment, which VS Code has made to do nothing.
    Object.defineProperty(console, method, {
      configurable: true,
      value: (...args) => void writeSync(output, `${format(...args)}\n`),
    });
  }
  await require(process.env.REMIT_SUITE).run();
  writeFileSync(inSession("suite.passed"), "");
};
