// The channel file: what a platform issues to a lot that joins it, as one JSON file beside its certificates
// (docs/channel-file.md). The format is assumed, because clause 9.1 defines none; a refusal names file, field and
// value.
import { issueWhy } from '#base/pure/words/issue-why.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import { LaneFault, type Why, joinedWhy } from '#base/pure/faults/faults.ts'
import { lotIdShape } from '#base/pure/values/ids.ts'
import { suiteNames } from '#base/pure/data/suite.ts'
import { jsonPointer } from '#base/pure/data/json.ts'
import { readStrictJson } from '#base/process/strict-json.ts'

export type JoinedPlatform = Exclude<NonNullable<SetupDraft['charge']>['platform'], 'later'>

const path = z.string().min(1).max(200)

const channelSchema = z.strictObject({
  format: z.literal('etc-channel'),
  version: z.literal(1),
  /** The channel number of clause 9.1 b (P1). */
  appId: z.string().regex(/^[A-Za-z0-9]{1,32}$/),
  url: z
    .string()
    .max(200)
    .regex(/^https:\/\/[^/\s]+$/),
  /** The car park for which it was issued. */
  lotId: z.string().regex(lotIdShape).optional(),
  /** Algorithms that the platform accepts (P7); absent: those of the lot. */
  suite: z.enum(suiteNames).optional(),
  /** Relative to the channel file, or absolute; absent: those of the lot. */
  certDir: path.optional(),
  caFile: path.optional(),
  /** Absent: production. */
  use: z.enum(['test', 'production']).optional(),
  /** The joint test for which it was issued. */
  report: z
    .string()
    .regex(/^[A-Za-z0-9]{32}$/)
    .optional(),
})
export type ChannelFile = z.infer<typeof channelSchema>

const shownMax = 80

/** Throws FILE-02, or SETUP-07 with the field that breaks its rule. */
export function readChannel(text: string, file: string): ChannelFile {
  const value = readStrictJson(text, file)
  const parsed = channelSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const at = [...(issue?.path ?? []), ...extra]
  const own = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const found: unknown = own.find(([name]) => name === at[0])?.[1]
  const shown = found === undefined ? '' : JSON.stringify(found).slice(0, shownMax)
  throw refusal(file, jsonPointer(at), shown, issueWhy(issue))
}

const refusal = (file: string, field: string, value: string, note: Why): LaneFault =>
  new LaneFault('SETUP-07', { file, field, value, note: joinedWhy([file, note]) })

/** A channel number belongs to one lot. */
export const foreignChannel = (file: string, named: string, own: string): LaneFault =>
  refusal(file, '/lotId', named, t(`这个停车场是 ${own}`, `this car park is ${own}`))

/** A sandbox channel must not be used for charging. */
export const testChannel = (file: string): LaneFault =>
  refusal(
    file,
    '/use',
    'test',
    t(
      '联调渠道用“导入”取入,不作为正式渠道',
      'import a test channel with "Import"; it cannot be used as the production channel',
    ),
  )

const isWhole = (one: string): boolean => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(one)

/** Paths in a channel file are relative to its folder. */
function beside(file: string, one: string): string {
  if (isWhole(one)) return one
  const slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))
  return `${file.slice(0, slash + 1)}${one}`
}

/** The platform settings from it; certificates that it does not name stay where they are. */
export const platformOf = (
  { appId, url, certDir, caFile, suite }: ChannelFile,
  now: JoinedPlatform | null,
  file: string,
): JoinedPlatform => ({
  ...now,
  url,
  appId,
  ...(suite === undefined ? {} : { suite }),
  certDir: certDir === undefined ? (now?.certDir ?? '') : beside(file, certDir),
  caFile: caFile === undefined ? (now?.caFile ?? '') : beside(file, caFile),
})
