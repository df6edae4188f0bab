// The call that takes a driver's word about a charge (5.2.1 f, 5.2.2 i; P36): by the code of the receipt, or by the stay that the
// desk has found. It moves no money; what goes back goes by a refund, and the end of the item names it.
import { z } from 'zod'
import { t } from '../../core/values/fault-text.ts'
import { complaintKinds, complaintTextMax, contactMax } from '../../core/values/feedback.ts'
import { act, reply, said, who, type ActAnswer } from '../rows.ts'

export const feedbackCalls = {
  'feedback.open': act(
    'till',
    () =>
      z.strictObject({
        /** What its code holds. */
        receipt: said(2_000).optional(),
        /** Where there is no receipt. */
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
