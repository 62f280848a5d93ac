import { clientMethods } from "./client-methods.ts";

/** Dropbox: `new Dropbox({ accessToken }).filesUpload(…)`, and Python's `dropbox.Dropbox(token).files_upload(…)`. */
export const dropbox = clientMethods({
  provider: "dropbox",
  pack: "dropbox/api",
  service: "dropbox",
  title: "Dropbox",
  triggers: ["dropboxapi.com"],
  libraries: [
    { package: "dropbox", client: /^dropbox#(?:default\.)?Dropbox\.new\(\)/, local: /^(?:auth|set|get)\b/ },
    {
      package: "python:dropbox",
      client: /^python:dropbox#(?:\w+\.)?Dropbox(?:Team)?\(\)(?:\.(?:as_user|as_admin|with_path_root|clone)\(\))*/,
      local: /^(?:as_user|as_admin|with_path_root|clone|close|__\w+__|check_and_refresh_access_token)$/,
    },
  ],
  grants: [
    {
      path: /^dropbox#(?:default\.)?(?:DropboxAuth\.new\(\)|Dropbox\.new\(\)\.auth)\.getAuthenticationUrl$/,
      argument: 4,
    },
    { path: /^python:dropbox#(?:oauth\.)?DropboxOAuth2FlowNoRedirect$/, argument: 4, name: "scope" },
    { path: /^python:dropbox#(?:oauth\.)?DropboxOAuth2Flow$/, argument: -1, name: "scope" },
  ],
});
