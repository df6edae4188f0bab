// Calls of the list of stays to check: reading it, closing one stay, and telling how a charge ended.
// An owner's: closing a stay of a car that is still inside would let it out unpriced.
import { t } from '../../core/values/fault-text.ts'
import { z } from 'zod'
import { refundMeans } from '../../core/values/refund-means.ts'
import { act, read, reply, said, who, type ActAnswer } from '../rows.ts'
import type { StaysToCheckView } from '../stays-views.ts'

const stayId = z.string().min(1).max(40)

export const staysCalls = {
  'stays.toCheck': read(
    'books',
    () => z.strictObject({ limit: z.int().min(1).max(1000).optional() }),
    reply<StaysToCheckView>(),
    { rest: 'folder', command: 'stays list' },
  ),
  /** With `exitStayId`: the exit without entry that is this car's. */
  'stays.close': act(
    'owner',
    () => z.strictObject({ stayId, exitStayId: stayId.optional(), ...who }),
    reply<ActAnswer>(),
    {
      words: t('结束停车记录', 'Stay ended'),
      guard: 'fourEyes',
      command: 'stays close',
      flags: { exitStayId: 'exit' },
    },
  ),
  /**
   * How a card-side charge ended that no lane asks about any more: what the clearing side says. `booked`
   * ends one that was paid and cannot be uploaded.
   */
  'charges.settle': act(
    'owner',
    () =>
      z.strictObject({
        deductionId: z.string().min(1).max(60),
        found: z.enum(['paid', 'notPaid', 'booked']),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('核实扣费结果', 'Charge judged'), guard: 'fourEyes', command: 'stays settle' },
  ),
  /** The driver has the money of a refund that no platform carried out; cash comes off the drawer. */
  'refunds.given': act(
    'owner',
    () =>
      z.strictObject({
        refundId: z.string().min(1).max(60),
        /** Its stay: then also one that people asked for and the platform rejected, as far as its sum is left. */
        stayId: z.string().min(1).max(40).optional(),
        refundMeans: z.enum(refundMeans),
        /** Of the session where one asks; a script names it. */
        approvedBy: said(60).optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    {
      words: t('人工退还', 'Given back by hand'),
      guard: 'fourEyes',
      command: 'stays refund',
      flags: { refundMeans: 'means' },
    },
  ),
} as const
