import type { ServiceBinding } from "./binding.ts";
import { typedBinding } from "./typed/binding.ts";

/**
 * Libraries of Python whose methods send known requests, on objects that lead to one another:
 * `Github(auth=…).get_repo(name).get_issue(1).create_comment(text)`. What the requests need say the facts of the service.
 */
export const pythonClients: readonly ServiceBinding[] = [
  client("github", ["from github ", "from github.", "import github"], { "clients/pygithub": ["python:github"] }),
  client("atlassian", ["from jira", "import jira", "from atlassian", "import atlassian"], {
    "clients/jira": ["python:jira"],
    "clients/atlassian-python-api": ["python:atlassian"],
  }),
  client("google", ["gspread"], { "clients/gspread": ["python:gspread"] }),
];

function client(
  provider: string,
  triggers: readonly string[],
  packs: Readonly<Record<string, readonly string[]>>,
): ServiceBinding {
  const libraries = Object.entries(packs).map(([pack, packages]) => ({ pack, packages }));
  return typedBinding({ provider, triggers, libraries, carriesCredential: true });
}
