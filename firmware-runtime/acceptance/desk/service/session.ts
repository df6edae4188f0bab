// A run of the acceptance as stored in its file: lot, program, rule pack, inputs, start of the judged rows, the result
// of each item, and the items still to be judged. Written after each item, so that an interrupted run continues.
import { z } from 'zod'
import { featureNames } from '../../pure/declaration.ts'
import { itemIds } from '../../pure/items/ids.ts'
import { verdicts } from '../../pure/item.ts'
import { quirkIds } from '../../pure/quirks.ts'
import { jointSchema } from '#lane/desk/setup/onboarding.ts'

const text = z.strictObject({ zh: z.string(), en: z.string() })

const skippedSchema = z.strictObject({
  /** Null: the command named nobody. */
  by: z.string().nullable(),
  atIso: z.string(),
})
export type Skipped = z.infer<typeof skippedSchema>

const resultSchema = z.strictObject({
  verdict: z.enum(verdicts),
  words: text,
  simulated: z.boolean(),
  evidence: z.array(
    z.strictObject({
      source: z.enum(['ledger', 'platform', 'frame', 'access', 'walk']),
      ref: z.string(),
      text: z.string(),
      said: z.strictObject({ words: text, atIso: z.string().nullable() }).optional(),
    }),
  ),
  atIso: z.string(),
  /** Rows since then were judged; null in files of older versions, which judged all rows since `fromMs` of the run. */
  fromMs: z.number().nullable().default(null),
  /** Absent in files of older versions. */
  failed: z.array(z.string()).default([]),
  /** Absent for items without combinations, and in files of older versions. */
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
  /** A person left it out; null: it was judged. */
  skipped: skippedSchema.nullable().default(null),
})

const madeSchema = z.strictObject({
  /** Version of the program. */
  program: z.string(),
  lotId: z.string(),
  pack: z.strictObject({ packId: z.string(), standard: z.string(), digest: z.string() }),
  /** The versions that the antennas said, by lane; absent in files of older versions. */
  antennas: z.record(z.string(), z.string()).exactOptional(),
})

/** Inputs of the judges beside ledger, frames and accesses. */
const inputsSchema = z.strictObject({
  /** SM3 of the lot file, hex. */
  lotFile: z.string(),
  chargeMode: z.string(),
  lanes: z.array(
    z.strictObject({ laneId: z.string(), direction: z.string(), hasAntenna: z.boolean() }),
  ),
  /** Host and port. */
  platform: z.string().nullable(),
  testObus: z.array(z.strictObject({ obuId: z.string(), pieces: z.number() })),
})

/** Features declared by the lot; they decide which items apply. */
export const declarationSchema = z.strictObject({ features: z.array(z.enum(featureNames)) })

/** The platform at which the run is aimed, and the progress of the joint test with it. */
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
  /** Each waiting item has to fail by its planted fault first. */
  isRed: z.boolean().default(false),
  /** Item whose fault may still be planted at a simulator: it is removed before anything else runs. */
  planted: z.enum(itemIds).nullable().default(null),
  /** Known deviations of platforms that are tolerated. */
  quirks: z.array(z.enum(quirkIds)).default([]),
  /** In files of older versions only; the audit row in the ledger counts instead. */
  override: z.unknown().optional(),
}

const withoutOverride = <T extends { override?: unknown }>({ override: _, ...of }: T) => of

/**
 * `made`, `inputs` and `declaration`: null before a run began, and for a run of an older version, which did not record
 * them.
 */
export const sessionSchema = z
  .strictObject({
    version: z.literal(2),
    ...parts,
    made: madeSchema.nullable(),
    inputs: inputsSchema.nullable(),
    /** Absent in files of older versions. */
    declaration: declarationSchema.nullable().default(null),
    /** Null: the run queries the platform that the lot has joined. */
    aim: aimSchema.nullable().default(null),
  })
  .transform(withoutOverride)

/** The single file of older versions, with the last run. */
export const singleSchema = z
  .strictObject({ version: z.literal(1), ...parts })
  .transform((old): AcceptanceSession => ({ ...noSession, ...withoutOverride(old), version: 2 }))

export type AcceptanceSession = z.infer<typeof sessionSchema>
export type Aim = z.infer<typeof aimSchema>
export type AimAsked = Pick<Aim, 'url' | 'caFile' | 'credentials'>
export type ItemResult = z.infer<typeof resultSchema>
export type RunMade = z.infer<typeof madeSchema>
/** An override from the ledger: it unlocks one session. */
export interface Override {
  readonly sessionId: string
  readonly by: string
  readonly reason: string
  readonly atIso: string
}

/** The newest override of a session. */
export const overrideOf = (overrides: readonly Override[], id: string): Override | undefined =>
  overrides.findLast(({ sessionId }) => sessionId === id)

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

/** A property that must be the same in all verdicts of one run, with both values. */
interface OtherMade {
  readonly field: 'program' | 'lotId' | 'pack' | 'antenna'
  readonly was: string
  readonly is: string
}

type Antennas = RunMade['antennas']

/** Lanes whose antenna said its version both times; a silent one proves no change. */
const antennaPairs = (before: Antennas = {}, now: Antennas = {}) =>
  Object.entries(now).flatMap(([laneId, is]) => {
    const was = before[laneId]
    return was === undefined ? [] : [['antenna', `${laneId} ${was}`, `${laneId} ${is}`] as const]
  })

/** Null: the run may continue, or be sealed, as it began. */
export function otherMade({ sessionId, made }: AcceptanceSession, now: RunMade): OtherMade | null {
  if (sessionId === null) return null
  const pairs = [
    ['program', made?.program, now.program],
    ['lotId', made?.lotId, now.lotId],
    ['pack', made?.pack.digest, now.pack.digest],
    ...antennaPairs(made?.antennas, now.antennas),
  ] as const
  const [field, was = '', is] = pairs.find(([, before, after]) => before !== after) ?? []
  return field === undefined || is === undefined ? null : { field, was, is }
}
