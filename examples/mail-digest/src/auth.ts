import { readFile } from "node:fs/promises";
import { google } from "googleapis";

export const SCOPES = [
  "https://www.googleapis.com/auth/gmail.readonly",
  "https://www.googleapis.com/auth/gmail.send",
  "https://www.googleapis.com/auth/calendar",
  "https://www.googleapis.com/auth/drive.readonly",
];

export const TOKEN_FILE = ".mail-digest-token.json";

export function createClient() {
  return new google.auth.OAuth2(
    process.env.GOOGLE_CLIENT_ID,
    process.env.GOOGLE_CLIENT_SECRET,
    "http://localhost:4100/callback",
  );
}

let signedIn: ReturnType<typeof load> | undefined;

/** The client of the user who signed in with `npm run sign-in`. */
export function getAuth() {
  signedIn ??= load();
  return signedIn;
}

async function load() {
  const client = createClient();
  client.setCredentials(JSON.parse(await readFile(TOKEN_FILE, "utf8")));
  return client;
}
