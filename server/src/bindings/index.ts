import type { ServiceBinding } from "./binding.ts";
import { google } from "./google.ts";
import { http } from "./http/binding.ts";

/** All bindings; the first that knows a call has it. */
export const BINDINGS: readonly ServiceBinding[] = [http, google];
