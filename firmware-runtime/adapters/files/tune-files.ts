// Tune steps of one device as a file: DIR/devices/<id>.tune.json, whole and synced like its settings.
// Measurements in it are ours and are read back shape by shape; a damaged file is TUNE-04.
import { issueWhy } from '../../core/values/issue-why.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { once } from '../../core/values/once.ts'
import type { TuneState } from '../../core/tune/loop.ts'
import { LaneFault } from '../../core/faults/faults.ts'
import type { TuneStore } from '../../ports/tune-store.ts'
import { writeWhole } from './settings-files.ts'

const stored = once((): z.ZodType<TuneState> => {
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
    field: z.array(z.strictObject({ place: text, dbm: z.number() })),
  })
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
    why: z.enum(['aimBetter', 'aimNotBetter', 'harms', 'tooFew', 'nothingRead']),
    harmed: metric.nullable(),
  })
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

function readStored(file: string): TuneState {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new LaneFault('TUNE-04', { file, note: error instanceof Error ? error.message : '' })
  }
  const parsed = stored().safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = (issue?.path ?? []).map((part) => `/${String(part)}`).join('')
  throw new LaneFault('TUNE-04', { file, field, note: issueWhy(issue) })
}

export function tuneFiles(dir: string, deviceId: string): TuneStore {
  const file = join(dir, 'devices', `${deviceId}.tune.json`)
  return {
    load: () => (existsSync(file) ? readStored(file) : null),
    save: (state) => writeWhole(file, state),
  }
}
