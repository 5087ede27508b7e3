/** How long something that comes by itself is waited for: a busy machine takes its time, and says nothing about the app by it. */
export const LONG_WAIT = { timeout: 20_000 };
