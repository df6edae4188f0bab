// The schema of a device's file of tune steps.
import { z } from 'zod'
import { once } from '#base/pure/values/once.ts'
import type { TuneState } from '../pure/tune/loop.ts'
import type { Measurement } from '../pure/tune/measure.ts'
import { tuneWhys, type TuneVerdict } from '../pure/tune/verdict.ts'

/** Made at the first use. */
export const tuneShape = once((): z.ZodType<TuneState> => {
  const text = z.string().max(200)
  const samples = z.array(z.number()).max(20_000)
  const measurement = z.strictObject({
    listenedMs: z.number(),
    passes: z.strictObject({
      total: z.number().nullable(),
      from: z.enum(['told', 'loop']).nullable(),
      seen: z.number(),
      read: z.number(),
    }),
    tries: z.strictObject({
      begun: z.number(),
      complete: z.number(),
      retries: z.number(),
      repeats: z.number(),
    }),
    opensWith: z.enum(['B2', 'B4']).nullable(),
    reach: z.enum(['B4', 'B5']).nullable(),
    attemptMs: samples,
    visibleMs: samples,
    frames: z.array(
      z.strictObject({
        frame: text,
        count: z.number(),
        afterMs: z.number(),
        visibleMs: z.number(),
      }),
    ),
    neighbourReads: z.number().nullable(),
    besideReads: z.number().nullable().exactOptional(),
    field: z.array(z.strictObject({ place: text, dbm: z.number() })),
  } satisfies Record<keyof Measurement, z.ZodType>)
  const aim = z.enum(['moreReads', 'fewerRetries', 'fewerNeighbours', 'longerVisible'])
  const metric = z.enum(['rate', 'retries', 'neighbours', 'visible'])
  const verdict = z.strictObject({
    aim,
    findings: z.array(
      z.strictObject({
        metric,
        before: z.number().nullable(),
        after: z.number().nullable(),
        n: z.tuple([z.number(), z.number()]),
        word: z.enum(['better', 'worse', 'same', 'tooFew']),
        p: z.number().nullable(),
        needs: z.number().nullable(),
      }),
    ),
    keep: z.boolean(),
    why: z.enum(tuneWhys),
    harmed: metric.nullable(),
  } satisfies Record<keyof TuneVerdict, z.ZodType>)
  const plan = z.strictObject({
    id: text,
    aim,
    setting: text,
    old: z.number(),
    new: z.number(),
    passes: z.number().nullable(),
    listenMs: z.number(),
    decide: z.enum(['auto', 'ask']),
    cars: z.array(text).max(200),
    zone: z
      .discriminatedUnion('from', [
        z.strictObject({ from: z.literal('tape'), lengthM: z.number() }),
        z.strictObject({ from: z.literal('drive'), kmh: z.number() }),
      ])
      .nullable(),
    by: text,
    reason: text,
  })
  const measured = {
    plan,
    atMs: z.number(),
    before: measurement.nullable(),
    after: measurement.nullable(),
    verdict: verdict.nullable(),
  }
  const ends = [
    'kept',
    'timeUp',
    'takenBack',
    'linkLost',
    'restarted',
    'notTaken',
    'differs',
  ] as const
  return z.strictObject({
    run: z
      .strictObject({
        ...measured,
        phase: z.enum(['before', 'writing', 'after', 'judged']),
        writes: z.number(),
      })
      .nullable(),
    steps: z.array(
      z.strictObject({
        ...measured,
        end: z.enum([...ends, 'stopped', 'notWritten']),
        why: text,
        undoneBy: text.nullable(),
      }),
    ),
    undoing: z.strictObject({ trialId: text, stepId: text, by: text }).nullable(),
  })
})
