// Calls about stays to check: listing them, closing one, and recording how a charge ended. Owners only: closing the
// stay of a car that is still inside would let it out without a price.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { refundMeans } from '#base/pure/values/refund-means.ts'
import { plainAct, read, reply, said } from '#base/calls/rows.ts'
import type { StaysToCheckView } from './stays-views.ts'

const stayId = z.string().min(1).max(40)

export const staysCalls = {
  'stays.toCheck': read(
    'books',
    () => z.strictObject({ limit: z.int().min(1).max(1000).optional() }),
    reply<StaysToCheckView>(),
    { rest: 'folder', command: 'stays list' },
  ),
  /** `exitStayId`: the exit without entry that belongs to this car. */
  'stays.close': plainAct('owner', () => ({ stayId, exitStayId: stayId.optional() }), {
    words: t('结束停车记录', 'Stay ended'),
    guard: 'fourEyes',
    command: 'stays close',
    flags: { exitStayId: 'exit' },
  }),
  /**
   * Records how a card-side charge ended that no lane queries any more, as the clearing side says. `booked` ends a paid
   * one that cannot be uploaded.
   */
  'charges.settle': plainAct(
    'owner',
    () => ({
      deductionId: z.string().min(1).max(60),
      found: z.enum(['paid', 'notPaid', 'booked']),
    }),
    { words: t('核实扣费结果', 'Charge judged'), guard: 'fourEyes', command: 'stays settle' },
  ),
  /** The driver has received a refund that no platform carried out; cash is subtracted from the drawer. */
  'refunds.given': plainAct(
    'owner',
    () => ({
      refundId: z.string().min(1).max(60),
      /**
       * With its stay, a refund that people requested and the platform rejected is accepted as well, up to the sum
       * that is left.
       */
      stayId: z.string().min(1).max(40).optional(),
      refundMeans: z.enum(refundMeans),
      /** Taken from the session where there is one; a script names it. */
      approvedBy: said(60).optional(),
    }),
    {
      words: t('人工退还', 'Given back by hand'),
      guard: 'fourEyes',
      command: 'stays refund',
      flags: { refundMeans: 'means' },
    },
  ),
} as const
