import { clientMethods } from "./client-methods.ts";

/** Spotify: `spotify-web-api-node`, its own SDK for TypeScript, and Python's `spotipy`. */
export const spotify = clientMethods({
  provider: "spotify",
  pack: "spotify/web",
  service: "spotify",
  title: "Spotify",
  triggers: ["api.spotify.com"],
  libraries: [
    {
      package: "spotify-web-api-node",
      client: /^spotify-web-api-node#?(?:default\.)?\.?new\(\)/,
      local:
        /^(?:set|get|reset)(?:Credentials|ClientId|ClientSecret|AccessToken|RefreshToken|RedirectURI)$|^createAuthorizeURL$|^refreshAccessToken$|Grant$/,
    },
    {
      package: "@spotify/web-api-ts-sdk",
      client: /^@spotify\/web-api-ts-sdk#SpotifyApi(?:\.new\(\)|\.with\w+\(\))/,
      local: /^(?:authenticate|getAccessToken|logOut|switchAuthenticationStrategy)$/,
    },
    {
      package: "python:spotipy",
      client: /^python:spotipy#(?:client\.)?Spotify\(\)/,
      local: /^(?:set_auth|auth_manager\b.*|next|previous|__\w+__)$/,
    },
  ],
  grants: [
    { path: /^spotify-web-api-node#?(?:default\.)?\.?new\(\)\.createAuthorizeURL$/, argument: 0 },
    {
      path: /^@spotify\/web-api-ts-sdk#SpotifyApi\.(?:withUserAuthorization|withImplicitGrant|performUserAuthorization)$/,
      argument: 2,
    },
    { path: /^python:spotipy#(?:oauth2\.)?SpotifyOAuth$/, argument: 4, name: "scope" },
    { path: /^python:spotipy#(?:oauth2\.)?(?:SpotifyPKCE|SpotifyImplicitGrant)$/, argument: 3, name: "scope" },
    { path: /^python:spotipy#util\.prompt_for_user_token$/, argument: 1, name: "scope" },
  ],
});
