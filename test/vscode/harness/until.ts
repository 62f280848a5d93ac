/** Polls until there is something. Never sleep: wait for what a person would wait for. */
export async function until<T>(
  what: string | (() => string),
  get: () => T | Promise<T>,
  timeout = 60_000,
): Promise<Exclude<T, false | undefined | null>> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await get();
    if (value) return value as Exclude<T, false | undefined | null>;
    if (Date.now() > end)
      throw new Error(`waited ${timeout / 1000} s for ${typeof what === "function" ? what() : what}`);
    await pause();
  }
}

export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
