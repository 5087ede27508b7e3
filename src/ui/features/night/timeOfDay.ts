// Times of day as people say them, and how far away they are. The wall clock is asked once; the sound counts its own seconds.

const HOUR_MS = 3600_000;
const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** Seconds from `now` to the next time the local clock shows `clock` ("06:30"); null when that is no time. */
export function secondsUntil(clock: string, now: Date): number | null {
  const match = CLOCK.exec(clock.trim());
  if (!match) return null;
  const at = new Date(now);
  at.setHours(Number(match[1]), Number(match[2]), 0, 0);
  // Calendar days, not 24 hours: the night the clocks change is an hour shorter or longer, and may have this time twice.
  const again = new Date(at.getTime() + HOUR_MS);
  if (at <= now && again > now && clockOf(again) === clockOf(at)) return (again.getTime() - now.getTime()) / 1000;
  if (at <= now) at.setDate(at.getDate() + 1);
  return (at.getTime() - now.getTime()) / 1000;
}

/** "23:05" for a moment, by the local clock. */
export function clockOf(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
