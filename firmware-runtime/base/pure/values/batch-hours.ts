// The hours of hourly batches (P20).
import { minuteMs, type InstantMs } from './instant.ts'

export const hourMs = 60 * minuteMs
/** P20: an hour is closed five minutes behind it. */
export const graceMs = 5 * minuteMs

/** Start of the hour. */
export const hourOf = (atMs: InstantMs): InstantMs => Math.floor(atMs / hourMs) * hourMs
