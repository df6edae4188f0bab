// The call that records a driver's complaint about a charge (5.2.1 f, 5.2.2 i; P36): by the code of the receipt, or by
// the stay that the desk has found. It moves no money; money is paid back by a refund, which the end of the item names.
import { z } from 'zod'
import { t } from '../../core/values/fault-text.ts'
import { complaintKinds, complaintTextMax, contactMax } from '../../core/values/feedback.ts'
import { act, reply, said, who, type ActAnswer } from '../rows.ts'

export const feedbackCalls = {
  'feedback.open': act(
    'till',
    () =>
      z.strictObject({
        /** Text of the receipt's QR code. */
        receipt: said(2_000).optional(),
        /** Used when there is no receipt. */
        stayId: z.string().min(1).max(40).optional(),
        kind: z.enum(complaintKinds),
        text: said(complaintTextMax),
        contact: said(contactMax).optional(),
        ...who,
      }),
    reply<ActAnswer>(),
    { words: t('登记车主反馈', "Driver's feedback taken"), command: 'day feedback' },
  ),
} as const
