import type { RequestStyle } from "./read.ts";

/** Libraries of Python whose methods are read off their source. */
export interface PythonLibrary {
  /** Name of the repository on GitHub, and the commit that is read. */
  readonly repository: string;
  readonly commit: string;
  readonly licence: string;
  readonly what: string;
  /** As people call it, and the service it is for. */
  readonly title: string;
  readonly service: string;
  /** Its methods are operations of their own: their facts stand with those of this provider. */
  readonly provider?: "browser" | "db";
  /** Where the requests of a type go; `*` for all others. */
  readonly origins: Readonly<Record<string, string>>;
  /** Files that are read. */
  readonly files: RegExp;
  /** Names by which code gets at its types: `Github()` is what calling it gives. */
  readonly exports: Readonly<Record<string, string>>;
  /** Types that code knows by annotation alone. */
  readonly roots?: readonly string[];
  readonly style: RequestStyle;
}

const LISTS = ["list", "List", "Iterator", "Iterable", "Sequence", "tuple", "Tuple", "Generator"];

const verbs = (call: (verb: string) => RegExp, rest: { address: number; name?: string; prefix?: string }) =>
  ["get", "post", "put", "patch", "delete"].map((verb) => ({ call: call(verb), verb, ...rest }));

/** What a method sends is not asked. */
const METHODS_ALONE: RequestStyle = { senders: [], touches: /^/, lists: LISTS };

export const PYTHON_LIBRARIES: Readonly<Record<string, PythonLibrary>> = {
  pygithub: {
    repository: "PyGithub/PyGithub",
    commit: "5cdf6ab395c52efb652d0bc1f28fdf2e452b1b41",
    licence: "LGPL-3.0: read, not copied",
    what: "methods of Python's PyGithub, with the requests that each sends as its documentation states",
    title: "PyGithub",
    service: "github",
    origins: { "*": "https://api.github.com" },
    files: /^github\/[A-Z]\w+\.py$/,
    exports: { "Github()": "Github", "GithubIntegration()": "GithubIntegration" },
    style: {
      senders: [],
      documented: /:calls:.*/g,
      touches:
        /requester\.(?:request|graphql)|PaginatedList\(|url=|self\.(?:__|request|graphql_)\w+\(|\.(?:get_\w+|create_\w+|delete|createConnection|stream_\w+)\(/,
      lists: [...LISTS, "PaginatedList"],
    },
  },
  jira: {
    repository: "pycontribs/jira",
    commit: "4dfccbeab2f205bddc8365bc655b3d097579c250",
    licence: "BSD-2-Clause",
    what: "methods of Python's jira, with the requests that each sends",
    title: "jira",
    service: "atlassian",
    origins: { "*": "https://{}.atlassian.net" },
    files: /^jira\/(?:client|resources)\.py$/,
    exports: { "JIRA()": "JIRA" },
    style: {
      lists: [...LISTS, "ResultList"],
      addresses: [
        [/^self\._get_(?:latest_)?url\(.*AGILE/, "/rest/agile/1.0/{}"],
        [/^self\._get_(?:latest_)?url\(/, "/rest/api/2/{}"],
      ],
      paths: [["AgileResource.", "/rest/agile/1.0/"]],
      texts: { _resource: "<self>", self: "/rest/api/2/<self>" },
      touches: /_session\.\w+\(|_get_json\(|_fetch_pages/,
      senders: [
        { call: /^self\._get_json\(.*AGILE/, verb: "GET", address: 0, prefix: "/rest/agile/1.0/" },
        { call: /^self\._get_json\(.*use_post=True/, verb: "POST", address: 0, prefix: "/rest/api/2/" },
        { call: /^self\._get_json\(/, verb: "GET", address: 0, prefix: "/rest/api/2/" },
        {
          call: /^self\._fetch_pages\(.*AGILE/,
          verb: "GET",
          address: 2,
          name: "request_path",
          prefix: "/rest/agile/1.0/",
        },
        {
          call: /^self\._fetch_pages(?:_searchToken)?\(/,
          verb: "GET",
          address: 2,
          name: "request_path",
          prefix: "/rest/api/2/",
        },
        { call: /^self\._(?:find_by_url|load)\(/, verb: "GET", address: 0 },
        { call: /^self\._find_for_resource\(/, verb: "GET", address: 0, class: true, prefix: "/rest/api/2/" },
        ...verbs((verb) => new RegExp(`^self\\._session\\.${verb}\\(`), { address: 0, name: "url" }),
      ],
    },
  },
  "atlassian-python-api": {
    repository: "atlassian-api/atlassian-python-api",
    commit: "744d994ce7663e2925f38d9991f8eaac2b049de5",
    licence: "Apache-2.0",
    what: "methods of Python's atlassian-python-api (Jira, Confluence), with the requests that each sends",
    title: "atlassian-python-api",
    service: "atlassian",
    origins: { Confluence: "https://{}.atlassian.net/wiki", "*": "https://{}.atlassian.net" },
    files: /^atlassian\/(?:jira|confluence)\.py$/,
    exports: { "Jira()": "Jira", "Confluence()": "Confluence" },
    style: {
      lists: LISTS,
      touches: /self\.\w*session|requests\./,
      addresses: [
        [/^self\.resource_url\(/, "/rest/api/2/{}"],
        [/^self\.get_agile_resource_url\(/, "/rest/agile/1.0/{}"],
      ],
      senders: [
        ...verbs((verb) => new RegExp(`^(?:self|super\\(Jira,self\\))\\.${verb}\\(`), { address: 0, name: "path" }),
        { call: /^self\._get_response_content\(/, verb: "GET", address: 0 },
        { call: /^self\._get_paged\(/, verb: "GET", address: 0 },
        { call: /^self\.request\(/, verb: 0, address: 1, name: "path" },
      ],
    },
  },
  gspread: {
    repository: "burnash/gspread",
    commit: "5e2b628da598151a5a4122d3cf7ba2704041643c",
    licence: "MIT",
    what: "methods of Python's gspread, with the requests that each sends",
    title: "gspread",
    service: "google",
    origins: { "*": "" },
    files: /^gspread\/(?:urls|client|http_client|spreadsheet|worksheet)\.py$/,
    exports: {
      "service_account()": "Client",
      "service_account_from_dict()": "Client",
      "oauth()": "Client",
      "oauth_from_dict()": "Client",
      "authorize()": "Client",
      "api_key()": "Client",
      "Client()": "Client",
    },
    style: {
      lists: LISTS,
      touches: /\bclient\b|request/,
      fields: {
        "self.http_client": "HTTPClient",
        "self.client": "HTTPClient",
        "self.spreadsheet": "Spreadsheet",
        "self.spreadsheet.client": "HTTPClient",
      },
      senders: [{ call: /^self(?:\.(?:http_)?client)?\.request\(/, verb: 0, address: 1, name: "endpoint" }],
    },
  },
  playwright: {
    repository: "microsoft/playwright-python",
    commit: "154f67ced51ada646b0fcf8574897d96c9712aa3",
    licence: "Apache-2.0",
    what: "classes and methods of Python's playwright",
    title: "Playwright for Python",
    service: "browser.playwright",
    provider: "browser",
    origins: {},
    files: /^playwright\/sync_api\/_generated\.py$/,
    exports: { "sync_playwright()": "Playwright", "async_playwright()": "Playwright" },
    roots: ["Dialog", "FileChooser", "Download"],
    style: METHODS_ALONE,
  },
  pymongo: {
    repository: "mongodb/mongo-python-driver",
    commit: "ebc4bffcc842464e48a3edbd04802d1a42bc818a",
    licence: "Apache-2.0",
    what: "classes and methods of Python's pymongo",
    title: "PyMongo",
    service: "db.mongodb",
    provider: "db",
    origins: {},
    files: /^pymongo\/synchronous\/(?:collection|database|mongo_client|client_session)\.py$/,
    exports: { "MongoClient()": "MongoClient", "AsyncMongoClient()": "MongoClient" },
    style: METHODS_ALONE,
  },
  sqlalchemy: {
    repository: "sqlalchemy/sqlalchemy",
    commit: "f35da7e2b9349a08b8de1f6bd3b07c8bf8616790",
    licence: "MIT",
    what: "classes and methods of Python's SQLAlchemy",
    title: "SQLAlchemy",
    service: "db.sqlalchemy",
    provider: "db",
    origins: {},
    files: /^lib\/sqlalchemy\/(?:orm\/(?:session|query|scoping)|engine\/base|ext\/asyncio\/(?:session|engine))\.py$/,
    exports: {
      "create_engine()": "Engine",
      "create_async_engine()": "AsyncEngine",
      "Session()": "Session",
      "AsyncSession()": "AsyncSession",
      "sessionmaker()": "sessionmaker",
      "async_sessionmaker()": "async_sessionmaker",
      "scoped_session()": "scoped_session",
    },
    style: METHODS_ALONE,
  },
};
