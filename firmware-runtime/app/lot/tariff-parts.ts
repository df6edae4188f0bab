// The parts that tariff files of both versions are made of: amounts, lengths, names, with their limits.
// A limit is there for slips of the pen; money is integer fen.
import { z } from 'zod'

/** 10,000 yuan for one period or one day: more is a slip of the pen (yuan written as fen twice over). */
const stepFenMax = 1_000_000
/** A week. A longer period is a season ticket, which is a pass and not a tariff. */
const periodMinMax = 10_080
const minutesPerDay = 1440

export const stepAmount = z.int().min(0).max(stepFenMax).describe('fen')
export const periodMinutes = z.int().min(1).max(periodMinMax).describe('minutes')
export const freeMinutes = z
  .int()
  .min(0)
  .max(minutesPerDay)
  .describe('A stay of this length or less is free')
export const graceMinutes = z
  .int()
  .min(0)
  .max(minutesPerDay)
  .describe('Minutes to leave after paying before the exit')
export const tariffId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
const word = z.string().trim().min(1).max(60)
export const words = z.strictObject({ zh: word, en: word })
