import { namedBinding } from "./named/binding.ts";

/** Mail and messages: libraries that send to people. */
export const mail = namedBinding({
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
  remembered: [],
});
