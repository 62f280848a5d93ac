import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";

const WEB_SOCKET =
  /^(?:global#(?:globalThis\.|window\.)?WebSocket|ws#(?:default|WebSocket)|isomorphic-ws#default|undici#WebSocket)$/;
const EVENT_SOURCE =
  /^(?:global#(?:globalThis\.|window\.)?EventSource|eventsource#(?:default|EventSource)|undici#EventSource)$/;

/** Connections that are opened by making an object: `new WebSocket(address)`, `new EventSource(address)`. */
export function openedBy(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const { path } = call.callee;
  const verb = WEB_SOCKET.test(path) ? "WebSocket" : EVENT_SOURCE.test(path) ? "GET" : undefined;
  if (verb === undefined) return undefined;
  const addresses = addressTexts(call.argument(0), reading);
  return { verbs: [verb], addresses, body: [], options: [call.argument(2)], amended: false };
}
