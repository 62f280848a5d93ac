import type { ExternalCall } from "../trace/external-call.ts";
import type { Reading } from "../trace/reading.ts";
import { externalChain } from "../trace/values.ts";
import type { ServiceBinding } from "./binding.ts";
import { namedBinding } from "./named/binding.ts";

const libraries = namedBinding({
  provider: "mail",
  libraries: [
    {
      pack: "mail/nodemailer",
      packages: ["nodemailer"],
      receivers: /^(?:createTransport\(\)|Transporter\.new\(\))$/,
    },
    {
      pack: "mail/sendgrid",
      packages: ["@sendgrid/mail"],
      receivers: /^(?:default|MailService\.new\(\))?$/,
    },
    {
      pack: "mail/resend",
      packages: ["resend"],
      receivers: /^Resend\.new\(\)\.\w+$/,
      length: 2,
    },
    {
      pack: "mail/postmark",
      packages: ["postmark"],
      receivers: /^ServerClient\.new\(\)$/,
    },
    {
      pack: "mail/twilio",
      packages: ["twilio"],
      receivers: /^(?:default(?:\.new)?|Twilio\.new|twilio)\(\)(?:\.\w+(?:\(\))?)*$/,
      length: 2,
    },
  ],
  remembered: ["nodemailer#createTransport"],
});

/** Mail and messages: libraries that send to people. */
export const mail: ServiceBinding = {
  ...libraries,
  sight: (call, context) => (isBuiltOnly(call, context.reading) ? "harmless" : libraries.sight(call, context)),
};

/** Transports that give the message back instead of sending it, by what `createTransport` of nodemailer takes. */
function isBuiltOnly({ callee }: ExternalCall, reading: Reading): boolean {
  if (callee.package !== "nodemailer") return false;
  const made = externalChain(callee).find(({ path }) => /#(?:default\.)?createTransport\(\)$/.test(path))?.step;
  const options = made?.kind === "call" && made.call ? made.call.argument(0) : [];
  return ["streamTransport", "jsonTransport"].some((name) =>
    reading.ownField(options, name).some((value) => value.kind === "literal" && value.value === true),
  );
}
