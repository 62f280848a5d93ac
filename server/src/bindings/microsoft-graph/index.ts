import type { ServiceBinding } from "../binding.ts";
import { sightBatchContent } from "./batch.ts";
import { isFluentPackage, reachesFluent, sightFluent } from "./fluent.ts";
import { isGeneratedPackage, reachesGenerated, sightGenerated } from "./generated.ts";
import { grantsAt } from "./grants.ts";
import { GRAPH } from "./requests.ts";

/**
 * Microsoft Graph: the client that takes paths, the one that is generated, and the libraries that sign in. Requests that
 * name its host themselves are those of the binding for raw HTTP.
 */
export const microsoftGraph: ServiceBinding = {
  provider: "microsoft",
  triggers: [
    "@microsoft/microsoft-graph-client",
    "@microsoft/msgraph",
    "@microsoft/kiota-authentication-azure",
    "graph.microsoft.com",
    "@azure/msal-",
    "@azure/identity",
    "passport-azure-ad",
    "passport-microsoft",
    "/providers/azure-ad",
    "/providers/microsoft-entra-id",
    "msgraph",
    "import msal",
    "from msal",
    "azure.identity",
    "kiota_authentication_azure",
  ],
  clients: [
    "@microsoft/",
    "@azure/msal-",
    "@azure/identity",
    "global#Request",
    "python:msgraph",
    "python:msal",
    "python:azure#identity",
    "python:kiota_",
  ],

  sight(call, context) {
    const grants = grantsAt(call, context);
    if (grants) return grants.length > 0 ? grants : "harmless";
    const { package: name } = call.callee;
    if (isFluentPackage(name)) return sightBatchContent(call, context) ?? sightFluent(call, context) ?? "harmless";
    if (isGeneratedPackage(name)) return sightGenerated(call, context) ?? "harmless";
    // Other services of Azure ask for tokens of their own, whatever credential they are handed.
    const isSignIn = /^@(?:azure\/|microsoft\/kiota-)|^python:(?:msal$|kiota_)/.test(name);
    return isSignIn || call.callee.path.startsWith("python:azure#identity.") ? "harmless" : undefined;
  },

  reach(value, context) {
    if (value.kind !== "external") return [];
    return reachesFluent(value) || reachesGenerated(value, context.reading) ? [GRAPH] : [];
  },
};
