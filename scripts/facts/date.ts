/** The day on which the facts were gathered. Not the clock: a second run must give the same bytes. */
export const FACTS_DATE = "2026-11-22";
