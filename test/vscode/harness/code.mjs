#!/usr/bin/env node
// Takes the place of VS Code's desktop executable for @vscode/test-electron; see code.ts. Node.js 20 runs no TypeScript by itself.
import { register } from "tsx/esm/api";

register();
await import("./code.ts");
