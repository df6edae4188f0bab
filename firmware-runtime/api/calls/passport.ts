// The calls about lane passports: what would stand in one, make one, compare with the last, hand it out.
// A passport without a runtime is opened from its file alone; these need the lane.
import { z } from 'zod'
import type {
  PassportDriftView,
  PassportFileView,
  PassportMadeView,
  PassportTablesView,
} from '../passport-views.ts'
import { act, laneId, read, who, type Who } from '../rows.ts'

export const passportCalls = {
  'passport.facts': read<{ laneId: string } & Omit<Who, 'commandId'>, PassportTablesView>(
    z.strictObject({ laneId, by: who.by, reason: who.reason }),
  ),
  'passport.make': act<
    { laneId: string; certificateId?: string | undefined } & Who,
    PassportMadeView
  >('installer', z.strictObject({ laneId, certificateId: z.string().max(64).optional(), ...who })),
  'passport.drift': read<{ laneId: string }, PassportDriftView>(z.strictObject({ laneId })),
  'passport.file': read<{ laneId: string }, PassportFileView>(z.strictObject({ laneId })),
} as const
