// A run of the acceptance as its file has it: of which lot, by which program and rule pack, from what, from when rows are judged,
// what came of each item, and what is still to be judged. Written after each item, so that a run that was cut off goes on.
import { z } from 'zod'
import { featureNames } from '../../acceptance/declaration.ts'
import { itemIds } from '../../acceptance/items/ids.ts'
import { verdicts } from '../../acceptance/item.ts'
import { quirkIds } from '../../acceptance/quirks.ts'
import { jointSchema } from '../setup/onboarding.ts'

const text = z.strictObject({ zh: z.string(), en: z.string() })

const resultSchema = z.strictObject({
  verdict: z.enum(verdicts),
  words: text,
  simulated: z.boolean(),
  evidence: z.array(
    z.strictObject({
      source: z.enum(['ledger', 'platform', 'frame', 'access', 'walk']),
      ref: z.string(),
      text: z.string(),
    }),
  ),
  atIso: z.string(),
  /** Rows since then were judged; null in files of before, which judged all since `fromMs` of the run. */
  fromMs: z.number().nullable().default(null),
  /** Absent in files of before. */
  failed: z.array(z.string()).default([]),
  /** Absent of items without combinations, and in files of before. */
  matrix: z
    .array(
      z.strictObject({
        words: text,
        businessNo: z.string().nullable(),
        frames: z.array(z.string()),
      }),
    )
    .optional(),
  warned: z.array(z.string()).default([]),
  otherwise: z.enum(verdicts).default('incomplete'),
  red: z
    .strictObject({ assertion: z.string(), words: text, atIso: z.string() })
    .nullable()
    .default(null),
})

const madeSchema = z.strictObject({
  /** Version of the program. */
  program: z.string(),
  lotId: z.string(),
  pack: z.strictObject({ packId: z.string(), standard: z.string(), digest: z.string() }),
})

/** What the judges are given beside ledger, frames and accesses. */
const inputsSchema = z.strictObject({
  /** SM3 of the lot file. */
  lotFile: z.string(),
  chargeMode: z.string(),
  lanes: z.array(
    z.strictObject({ laneId: z.string(), direction: z.string(), hasAntenna: z.boolean() }),
  ),
  /** Host and port. */
  platform: z.string().nullable(),
  testObus: z.array(z.strictObject({ obuId: z.string(), pieces: z.number() })),
})

/** What the lot declared, and by that which items apply. */
export const declarationSchema = z.strictObject({ features: z.array(z.enum(featureNames)) })

/** A platform that the run is aimed at, and the joint test with it as far as it has come. */
const aimSchema = z.strictObject({
  url: z.string(),
  caFile: z.string(),
  credentials: z.string(),
  appId: z.string(),
  joint: jointSchema,
})

const parts = {
  sessionId: z
    .string()
    .regex(/^A\d{1,20}$/)
    .nullable(),
  fromMs: z.number().nullable(),
  results: z.partialRecord(z.enum(itemIds), resultSchema),
  waiting: z.array(z.enum(itemIds)),
  /** What waits is to fail by its planted fault first. */
  isRed: z.boolean().default(false),
  /** Its fault may stand at a simulator: taken away before anything else is run. */
  planted: z.enum(itemIds).nullable().default(null),
  /** What of known peers is taken into account. */
  quirks: z.array(z.enum(quirkIds)).default([]),
  /** In files of before; what counts is the act in the ledger. */
  override: z.unknown().optional(),
}

const withoutOverride = <T extends { override?: unknown }>({ override: _, ...of }: T) => of

/** `made`, `inputs` and `declaration`: null before a run was begun, and of a run of before, which did not say. */
export const sessionSchema = z
  .strictObject({
    version: z.literal(2),
    ...parts,
    made: madeSchema.nullable(),
    inputs: inputsSchema.nullable(),
    /** Absent in files of before. */
    declaration: declarationSchema.nullable().default(null),
    /** Null: it asks the platform that the lot has joined. */
    aim: aimSchema.nullable().default(null),
  })
  .transform(withoutOverride)

/** The one file of before, of the run that was begun last. */
export const singleSchema = z
  .strictObject({ version: z.literal(1), ...parts })
  .transform((old): AcceptanceSession => ({ ...noSession, ...withoutOverride(old), version: 2 }))

export type AcceptanceSession = z.infer<typeof sessionSchema>
export type Aim = z.infer<typeof aimSchema>
export type AimAsked = Pick<Aim, 'url' | 'caFile' | 'credentials'>
export type ItemResult = z.infer<typeof resultSchema>
export type RunMade = z.infer<typeof madeSchema>
/** An act of the ledger: it opens the lock for one session. */
export interface Override {
  readonly sessionId: string
  readonly by: string
  readonly reason: string
  readonly atIso: string
}

export type RunInputs = z.infer<typeof inputsSchema>

export const noSession: AcceptanceSession = {
  version: 2,
  sessionId: null,
  fromMs: null,
  results: {},
  waiting: [],
  isRed: false,
  planted: null,
  quirks: [],
  made: null,
  inputs: null,
  declaration: null,
  aim: null,
}

/** What verdicts of one run must not mix. */
interface OtherMade {
  readonly field: 'program' | 'lotId' | 'pack'
  readonly was: string
  readonly is: string
}

/** Null: a run may go on, or be sealed, as it was begun. */
export function otherMade({ sessionId, made }: AcceptanceSession, now: RunMade): OtherMade | null {
  if (sessionId === null) return null
  const pairs = [
    ['program', made?.program, now.program],
    ['lotId', made?.lotId, now.lotId],
    ['pack', made?.pack.digest, now.pack.digest],
  ] as const
  const [field, was = '', is] = pairs.find(([, before, after]) => before !== after) ?? []
  return field === undefined || is === undefined ? null : { field, was, is }
}
