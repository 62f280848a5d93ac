import type { MethodRule } from "../typed/classify.ts";

/**
 * What the methods of a browser under remote control do to the world. Playwright ships tools of its own for agents
 * (`packages/playwright-core/src/tools`), each of a `type`; where a rule names one, that is where it is from. Methods of
 * Puppeteer of the same name do the same.
 */

const method = (names: string, types = String.raw`\w+`): RegExp =>
  new RegExp(
    String.raw`^(?:${types})\.(?:${names
      .replaceAll("$", String.raw`\$`)
      .split(" ")
      .join("|")})$`,
  );

export const BROWSER_RULES: readonly MethodRule[] = [
  // ---- requests of their own
  {
    methods: method("fetch", "Route"),
    effect: "read",
    because: "sends the request that the page was about to send",
  },
  {
    methods: method("get head fetch", "APIRequestContext"),
    effect: "read",
    because: "a request: see the facts of HTTP, by which it is known",
  },
  {
    methods: method("post put patch delete", "APIRequestContext"),
    effect: "update",
    effectConfidence: "likely",
    because: "a request: see the facts of HTTP, by which it is known",
  },
  // ---- what is run
  {
    methods: method(
      "evaluate evaluateHandle evaluateAll $eval $$eval waitForFunction addScriptTag addInitScript evaluateOnNewDocument",
    ),
    effect: "execute",
    because:
      "runs a script in the page; Playwright's `browser_evaluate` is of type `action`. With a function or text of the program it is taken for a read",
  },
  {
    methods: method("send", "CDPSession|Connection"),
    effect: "execute",
    because: "sends any command of the browser's debugging protocol",
  },
  {
    methods: method("callTool execute triggerAction triggerExtensionAction", "Page|WebMCP|WebMCPTool|Extension"),
    effect: "execute",
    because:
      "runs a tool of the page or an action of an extension; Playwright's `browser_webmcp_call` is of type `action`",
  },
  {
    methods: method("goto reload goBack goForward setContent", "Page|Frame"),
    effect: "execute",
    effectConfidence: "possible",
    because:
      "loads a page, as reading it takes, and runs what scripts it has; Playwright's `browser_navigate` is of type `action`",
  },
  // ---- what is entered
  {
    methods: method("setInputFiles setFiles uploadFile accept", "Page|Frame|Locator|ElementHandle|FileChooser"),
    effect: "send",
    effectConfidence: "likely",
    because: "hands files of the machine to the page; Playwright's `browser_file_upload` is of type `action`",
  },
  {
    methods: method(
      "check clear click dblclick dispatchEvent drag dragAndDrop dragEnter dragOver dragTo drop fill press pressSequentially select selectOption setChecked tap touchEnd touchMove touchStart type uncheck autofill",
      "Page|Frame|Locator|ElementHandle|Keyboard|Mouse|Touchscreen",
    ),
    effect: "update",
    effectConfidence: "likely",
    because:
      "acts on the page as its user does; Playwright's `browser_click`, `browser_type`, `browser_select_option` are of type `input`, which is never read-only",
  },
  {
    methods: method("down up insertText sendCharacter reset end", "Keyboard|TouchHandle|Mouse"),
    effect: "update",
    effectConfidence: "likely",
    because: "presses or releases; Playwright's `browser_keydown` and `browser_mouse_down` are of type `input`",
  },
  {
    methods: /^(?:TouchHandle\.move|Dialog\.(?:accept|dismiss))$/,
    effect: "update",
    effectConfidence: "possible",
    because:
      "goes on with a touch, or answers what the page asks; Playwright's `browser_handle_dialog` is of type `action`",
  },
  {
    methods: method("select", "DeviceRequestPrompt"),
    effect: "administer",
    effectConfidence: "likely",
    because: "lets the page use a device",
  },
  // ---- the browser's own state
  {
    methods: method("grantPermissions overridePermissions setPermission", "Browser|BrowserContext"),
    effect: "administer",
    effectConfidence: "likely",
    because: "lets pages use what the browser guards: place, camera, clipboard",
  },
  {
    methods: method("installExtension uninstallExtension", "Browser"),
    effect: "execute",
    because: "changes what code runs in the browser",
  },
  {
    methods: method(
      "addCookies clearCookies setStorageState setCookie deleteCookie deleteMatchingCookies setItem removeItem clear delete create install",
      "Browser|BrowserContext|Page|WebStorage|Credentials|APIRequestContext",
    ),
    effect: "update",
    effectConfidence: "possible",
    because:
      "changes what the browser keeps of its user, nothing beyond it; Playwright's `browser_cookie_set` is of type `action`",
  },
  // ---- files
  {
    methods: method("saveAs", "Video|Download"),
    effect: "create",
    because: "writes a file",
  },
  { methods: method("delete", "Video|Download"), effect: "delete", because: "deletes a file the browser wrote" },
  // ---- what is looked at
  {
    methods: method(
      "hover move wheel scroll scrollIntoView scrollIntoViewIfNeeded focus blur selectText",
      "Page|Frame|Locator|ElementHandle|Mouse",
    ),
    effect: "read",
    because: "moves pointer, focus or view; presses and enters nothing",
  },
  {
    methods: method(
      "content title innerHTML innerText textContent inputValue getAttribute allInnerTexts allTextContents ariaSnapshot ariaSnapshotJSON snapshot screenshot pdf createPDFStream captureHeapSnapshot metrics jsonValue",
    ),
    effect: "read",
    because:
      "gives out what the page shows; Playwright's `browser_snapshot`, `browser_take_screenshot` and `browser_pdf_save` are of type `readOnly`",
  },
  {
    methods: method(
      "boundingBox boxModel count isChecked isDisabled isEditable isEnabled isHidden isVisible isIntersectingViewport queryObjects",
      "Page|Frame|Locator|ElementHandle",
    ),
    effect: "read",
    because:
      "gives out what the page shows; Playwright's `browser_verify_element_visible` is of type `assertion`, which is read-only",
  },
  {
    methods: method(
      "cookies storageState getItem items get",
      "Browser|BrowserContext|Page|APIRequestContext|WebStorage|Credentials",
    ),
    effect: "read",
    because:
      "gives out what the browser keeps of its user; Playwright's `browser_cookie_list` and `browser_storage_state` are of type `readOnly`",
  },
  {
    methods: method(
      "body buffer json text postData postDataBuffer postDataJSON fetchPostData createReadStream",
      "Response|Request|APIResponse|HTTPResponse|HTTPRequest|Download",
    ),
    effect: "read",
    because: "gives out what was sent or received; Playwright's `browser_network_requests` is of type `readOnly`",
  },
  // ---- nothing
  {
    methods: method(
      "on once off addListener removeListener removeAllListeners prependListener emit listenerCount addLocatorHandler removeLocatorHandler exposeFunction exposeBinding removeExposedFunction",
    ),
    effect: null,
    because: "registers functions of the program",
  },
  {
    methods:
      /\.(?:waitFor\w*|wait|waitHandle|pause|pauseAt|resume|runFor|runTo|fastForward|next|requestPause|pausedDetails|setFixedTime|setSystemTime|install)$/,
    effect: null,
    because: "waits, or sets the clock that the page sees",
  },
  {
    methods:
      /^(?:Tracing|Coverage|Screencast|ScreenRecorder|Video)\.|\.(?:startTracing|stopTracing|start\w+Coverage|stop\w+Coverage|screencast|openDevTools|hasDevTools|highlight|hideHighlight|pickLocator|cancelPickLocator)$/,
    effect: null,
    because: "records or shows what the browser does; a file that is written is where the program says",
  },
  {
    methods:
      /\.(?:route\w*|unroute\w*|abort\w*|continue\w*|fallback|fulfill|respond|responseForRequest|enqueueInterceptAction|finalizeInterceptions|interceptResolutionState|isInterceptResolutionHandled|authenticate)$|^WebSocketRoute\./,
    effect: null,
    because: "decides what becomes of requests that the page makes by itself",
  },
  {
    methods:
      /\.(?:set|emulate|clear|is|remove|disable|simulate)[A-Z]\w*$|\.(?:emulate|resize|bringToFront|addStyleTag|addScreen|removeScreen|trimCache)$/,
    effect: null,
    because: "sets how the browser itself looks or behaves, or asks how it is set",
  },
  {
    methods:
      /\.(?:launch\w*|connect\w*|newPage|newContext|newBrowserCDPSession|newCDPSession|createBrowserContext|createCDPSession|createSession|fromSession|session|detach|close|kill|disconnect|dispose|bind|unbind|stop|process|wsEndpoint|executablePath|defaultArgs)$/,
    effect: null,
    because: "starts, ends or connects to the browser or a part of it",
  },
  {
    methods:
      /\.(?:\$|\$\$|locator|frameLocator|getBy\w+|and|or|all|first|last|nth|filter|visible|within|owner|describe|description|normalize|map|race|clone|asElement|asLocator|asPage|toElement|elementHandle\w*|contentFrame|frameElement|ownerFrame|getPropert\w+|clickablePoint|backendNodeId|remoteObject|move|toString|accept|cancel|select|isMultiple|register|registerCustomQueryHandler|unregisterCustomQueryHandler|customQueryHandlerNames)$/,
    effect: null,
    because: "names a part of the page; nothing happens to it yet",
  },
  {
    methods:
      /\.(?:url|name|id|page|pages|frame|frames|mainFrame|childFrames|parentFrame|context|contexts|browser|browserContext|browserContexts|defaultBrowserContext|browserType|opener|workers|worker|targets?|type|version|userAgent|viewport\w*|video|path|timeout|connection|extension\w*|getDefault\w+|getWindowBounds|windowId|screens|tools|backgroundPages|serviceWorkers?)$/,
    effect: null,
    because: "names a part of the browser",
  },
  {
    methods:
      /^(?:Request|Response|APIResponse|HTTPRequest|HTTPResponse|SecurityDetails|ConsoleMessage|Dialog|Download)\.|\.(?:element|request)$|\.(?:consoleMessages|pageErrors|requests|requestGC)$/,
    effect: null,
    because: "says something about a request or message that was seen",
  },
];
