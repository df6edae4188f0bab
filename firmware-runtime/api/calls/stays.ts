// Calls of the list of stays to check: reading it, and closing one stay as an audited act.
// An owner's: closing a stay of a car that is still inside would let it out unpriced.
import { z } from 'zod'
import { act, read, who, type ActAnswer, type Who } from '../rows.ts'
import type { StaysToCheckView } from '../stays-views.ts'

const stayId = z.string().min(1).max(40)

export const staysCalls = {
  'stays.toCheck': read<{ limit?: number | undefined }, StaysToCheckView>(
    z.strictObject({ limit: z.int().min(1).max(1000).optional() }),
  ),
  /** With `exitStayId`: the exit without entry that is this car's. */
  'stays.close': act<{ stayId: string; exitStayId?: string | undefined } & Who, ActAnswer>(
    'owner',
    z.strictObject({ stayId, exitStayId: stayId.optional(), ...who }),
  ),
} as const
