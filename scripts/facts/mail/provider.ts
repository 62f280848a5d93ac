import { effectsOnly } from "../effects-only.ts";
import { namedPack } from "../named.ts";
import type { FactProvider } from "../provider.ts";

/** Mail and messages: what is sent to people, and what a mail service gives out or keeps. */
export const provider: FactProvider = {
  id: "mail",
  generate: () =>
    effectsOnly({
      provider: "mail",
      title: "Mail",
      about: ["Libraries that send mail, texts and calls. What they send reaches a person, so it is `send`."],
      packs: [
        namedPack({
          id: "mail/nodemailer",
          service: "mail.nodemailer",
          title: "Nodemailer",
          from: {
            name: "@types/nodemailer",
            version: "8.0.2",
            integrity:
              "sha512-c7M5ox8p0nEOfbJ2E9Qcmt8/QCu/VzsiAhzBiZbvky2PhKZDHpKB3sQHBM5MEZNkCfBOaS6S9//AGPRTNB7IaA==",
          },
          licence: "MIT",
          files: ["lib/mailer/index.d.ts"],
          groups: [
            { effect: "send", because: "“Sends an email using the preselected transport object”", methods: "sendMail" },
            { effect: "read", because: "“Verifies SMTP configuration”", methods: "verify" },
          ],
        }),
        namedPack({
          id: "mail/sendgrid",
          service: "mail.sendgrid",
          title: "SendGrid",
          from: {
            name: "@sendgrid/mail",
            version: "8.1.6",
            integrity:
              "sha512-/ZqxUvKeEztU9drOoPC/8opEPOk+jLlB2q4+xpx6HVLq6aFu3pMpalkTpAQz8XfRfpLp8O25bh6pGPcHDCYpqg==",
          },
          licence: "MIT",
          files: ["src/mail.d.ts"],
          groups: [
            {
              effect: "send",
              because: "“Send email”, “Send multiple emails (shortcut)”",
              methods: "send sendMultiple",
            },
          ],
        }),
        namedPack({
          id: "mail/resend",
          service: "mail.resend",
          title: "Resend",
          from: {
            name: "resend",
            version: "6.38.0",
            integrity:
              "sha512-+t1bz6unmYcyYrLqrZtkn73ODZhUgKJTViuRf+a4ewgo3mT/Bpg64WkBtAVQlXQcmUkeuorO1eLAd2+1h4jgNQ==",
          },
          licence: "MIT",
          files: ["dist/index.d.mts"],
          groups: [
            {
              effect: "send",
              because: "sends mail; `create` of emails and of a batch is the same request",
              methods: "emails.send emails.create batch.send batch.create broadcasts.send",
            },
            {
              effect: "read",
              because: "gives out what is kept",
              methods:
                "emails.get emails.list broadcasts.get broadcasts.list broadcasts.recipients contacts.get contacts.list domains.get domains.list apiKeys.list",
            },
            {
              effect: "create",
              because: "adds one",
              methods: "broadcasts.create broadcasts.duplicate contacts.create domains.create",
            },
            {
              effect: "update",
              because: "changes one",
              methods:
                "emails.update broadcasts.update broadcasts.cancel contacts.update domains.update domains.verify",
            },
            { effect: "delete", because: "removes one", methods: "broadcasts.remove contacts.remove domains.remove" },
            {
              effect: "administer",
              because: "makes, changes or removes a key of the account",
              methods: "apiKeys.create apiKeys.update apiKeys.remove",
            },
          ],
        }),
        namedPack({
          id: "mail/postmark",
          service: "mail.postmark",
          title: "Postmark",
          from: {
            name: "postmark",
            version: "5.1.0",
            integrity:
              "sha512-8lj2Fu94pL3fzx9Sy599opqpK4Z/0/1xCHZS8tbGBnqSS5rAcXtcHQ+TI0Jc4VwlBWma1Ug0Qm98FEe+v94BIQ==",
          },
          licence: "MIT",
          files: ["dist/client/ServerClient.d.ts"],
          groups: [
            {
              effect: "send",
              because: "“Send a single email message”, “a batch of email messages”, “using a template”",
              methods: "sendEmail sendEmailBatch sendEmailWithTemplate sendEmailBatchWithTemplates",
            },
          ],
        }),
        namedPack({
          id: "mail/twilio",
          service: "mail.twilio",
          title: "Twilio",
          from: {
            name: "twilio",
            version: "6.3.1",
            integrity:
              "sha512-2LmXuZmgqgHUwK+CT6U2p6MAWxk+A8M9MVVv1ZcuOoapm51Go+1u/JNNd1mjOzKg8WRS9+NIDv2NWbLe0ENPUA==",
          },
          licence: "MIT",
          files: [
            "lib/rest/api/v2010/account/message.d.ts",
            "lib/rest/api/v2010/account/call.d.ts",
            "lib/rest/verify/v2/service/verification.d.ts",
          ],
          groups: [
            {
              effect: "send",
              because:
                "“Create a MessageInstance”, “a CallInstance”, “a VerificationInstance”: a text, a call, a code goes to a person",
              methods: "messages.create calls.create verifications.create",
            },
            {
              effect: "read",
              because: "gives out what was sent",
              methods: "messages.list messages.each messages.page calls.list calls.each calls.page",
            },
          ],
        }),
      ],
      unknown: ["to whom something is sent", "what other services of these companies do"],
    }),
};
