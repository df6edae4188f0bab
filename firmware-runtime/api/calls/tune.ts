// Calls of tuning: the step that runs, the meter alone, keep or take back, undo, presets.
// A step writes through a trial with a backup, so each of these acts is an installer's.
import { z } from 'zod'
import { act, installer, laneId, none, read, who, type ActAnswer, type Who } from '../rows.ts'
import type { HealthView } from '../health-views.ts'
import type { FieldPoint, PresetView, TuneAim, TuneView, ZoneGiven } from '../tune-views.ts'

const aim = z.enum(['moreReads', 'fewerRetries', 'fewerNeighbours', 'longerVisible'])
const zone = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('tape'), lengthM: z.number().positive().max(50) }),
  z.strictObject({ from: z.literal('drive'), kmh: z.number().positive().max(60) }),
])
/** What a measurement is told beside what it hears. */
const look = {
  /** Cars driven through; left out: the loop counts them. */
  passes: z.int().min(1).max(500).optional(),
  cars: z
    .array(z.string().regex(/^[0-9A-Fa-f]{8}$/))
    .max(100)
    .optional(),
  listenSec: z.int().min(2).max(3300),
  zone: zone.nullable().optional(),
}
interface LookArgs {
  passes?: number | undefined
  cars?: string[] | undefined
  listenSec: number
  zone?: ZoneGiven | undefined
}
const change = z.strictObject({
  setting: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/),
  value: z.number(),
})

/** Power steps that row 5 of a survey bears (`powerSteps` of survey.assist); left out: no survey. */
interface Bounded {
  powerSteps?: { min: number; max: number } | undefined
}
const step = z.int().min(0).max(255)
const powerSteps = z.strictObject({ min: step, max: step }).optional()

export const tuneCalls = {
  'tune.get': read<{ laneId: string } & Bounded, TuneView>(z.strictObject({ laneId, powerSteps })),
  'tune.begin': act<
    {
      laneId: string
      aim: TuneAim
      /** Null or left out: what the loop proposes. */
      change?: { setting: string; value: number } | null | undefined
      decide?: 'auto' | 'ask' | undefined
    } & Bounded &
      LookArgs &
      Who,
    ActAnswer
  >(
    'installer',
    z.strictObject({
      laneId,
      aim,
      change: change.nullable().optional(),
      decide: z.enum(['auto', 'ask']).optional(),
      powerSteps,
      ...look,
      ...who,
    }),
  ),
  /** Listening alone: nothing is written, but it is an installer's instrument. */
  'tune.measure': installer<{ laneId: string } & LookArgs, { ok: true }>(
    z.strictObject({ laneId, ...look }),
  ),
  'tune.field': installer<{ laneId: string; points: FieldPoint[] }, { ok: true }>(
    z.strictObject({
      laneId,
      points: z
        .array(
          z.strictObject({ place: z.string().min(1).max(40), dbm: z.number().min(-120).max(40) }),
        )
        .min(1)
        .max(50),
    }),
  ),
  'tune.decide': act<{ laneId: string; keep: boolean } & Who, ActAnswer>(
    'installer',
    z.strictObject({ laneId, keep: z.boolean(), ...who }),
  ),
  'tune.undo': act<{ laneId: string } & Who, ActAnswer>(
    'installer',
    z.strictObject({ laneId, ...who }),
  ),
  'device.health': read<Record<string, never>, HealthView>(none),
  'preset.list': read<Record<string, never>, { rows: readonly PresetView[] }>(none),
} as const
