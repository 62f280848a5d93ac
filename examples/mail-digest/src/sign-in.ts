import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { SCOPES, TOKEN_FILE, createClient } from "./auth.ts";

const client = createClient();
console.log("Open", client.generateAuthUrl({ access_type: "offline", scope: SCOPES }));

const server = createServer(async (request, response) => {
  const code = new URL(request.url ?? "/", "http://localhost:4100").searchParams.get("code");
  if (code === null) return void response.end("No code came back.");
  const { tokens } = await client.getToken(code);
  await writeFile(TOKEN_FILE, JSON.stringify(tokens));
  response.end("You can close this page.");
  server.close();
});
server.listen(4100);
