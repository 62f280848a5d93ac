import type { MethodRule } from "../typed/classify.ts";

/**
 * What the methods of Apps Script's services do, by how Google names them: the declarations have a comment for each, and the first
 * word of the name says the same in one. The first rule that fits decides.
 */

const named = (words: string): RegExp => new RegExp(String.raw`^\w+\.(?:${words.split(" ").join("|")})(?:[A-Z]\w*)?$`);

/** The rules for one file of declarations; `leads`: methods that give another object of the service. */
export function appsScriptRules(leads: readonly string[]): readonly MethodRule[] {
  const steps = leads.filter((name) => /\.(?:get|open|next|as)[A-Z]?\w*$/.test(name));
  return [
    {
      methods: /^\w*TriggerBuilder\.create$/,
      effect: "create",
      because: "lets the script run by itself, when something happens",
    },
    {
      methods: /^(?:\w+Builder|RecurrenceRule|EventRecurrence|DeveloperMetadataFinder|FormResponse)\.(?!submit)\w+$/,
      effect: null,
      because: "describes something that another method is handed",
    },
    { methods: named("new"), effect: null, because: "makes a description that another method is handed" },
    {
      methods: new RegExp(`^(?:${["-", ...steps].join("|")})$`),
      effect: null,
      because: "leads to another object of the service; what is asked of that counts",
    },
    {
      methods: named("as to equals compare edit saveAndClose waitForCompletion"),
      effect: null,
      because: "is the same thing in another form, or waits for it",
    },
    {
      methods:
        /^\w+\.(?:activate\w*|setActive\w*|setCurrentCell|setSelection|setCursor|select\w*|flush|toast|show\w*Dialog|showSidebar|getUi)$/,
      effect: null,
      because: "changes what somebody sees, not what is kept",
    },
    {
      methods:
        /^\w+\.(?:(?:get|is|has|can|are|find|search|list|next|open|continue|contains|offset|lookup|match|translate|requires|collects|includes|guestsCan|anyoneCan|totalsAre|shorten)(?:[A-Z]\w*)?)$/,
      effect: "read",
      effectConfidence: "likely",
      because: "gives something out",
    },
    {
      methods: named("send reply replyAll forward sendEmail publish"),
      effect: "send",
      effectConfidence: "likely",
      because: "sends something to people",
    },
    {
      methods: named("delete remove clear revoke unpublish"),
      effect: "delete",
      effectConfidence: "likely",
      because: "takes something away",
    },
    {
      methods: named("create add insert append prepend copy duplicate make import subscribe put submit"),
      effect: "create",
      effectConfidence: "likely",
      because: "makes something, or adds to it",
    },
    {
      methods: /^\w+\.\w+$/,
      effect: "update",
      effectConfidence: "likely",
      because: "changes something: its name begins with none of these words",
    },
  ];
}
