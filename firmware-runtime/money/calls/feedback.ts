// The call that records a driver's complaint about a charge (5.2.1 f, 5.2.2 i; P36): by the code of the receipt, or by
// the stay that the desk has found. It moves no money; money is paid back by a refund, which the end of the item names.
import { z } from 'zod'
import { t } from '#base/pure/words/fault-text.ts'
import { complaintKinds, complaintTextMax, contactMax } from '#base/pure/values/feedback.ts'
import { line, plainAct, said } from '#base/calls/rows.ts'

export const feedbackCalls = {
  'feedback.open': plainAct(
    'till',
    () => ({
      /** Text of the receipt's QR code. */
      receipt: said(2_000).optional(),
      /** Used when there is no receipt. */
      stayId: z.string().min(1).max(40).optional(),
      kind: z.enum(complaintKinds),
      text: said(complaintTextMax),
      contact: said(contactMax).optional(),
    }),
    {
      words: t('登记车主反馈', "Driver's feedback taken"),
      command: 'day feedback',
      form: {
        reasons: 'feedback',
        usual: 0,
        title: t('登记车主反馈', "Record a driver's complaint"),
        do: t('登记反馈', 'Record it'),
        says: [
          line(
            '登记后列入待处理项,连同这次停车和收据的验证结果;平台同时得知。登记不退钱。',
            'The complaint becomes an open item, with the stay and the receipt check; the platform is notified. It does not refund any money.',
            'quiet',
          ),
        ],
        fields: {
          kind: {
            label: t('车主说', 'The driver says'),
            kind: 'radio',
            choices: {
              amount: t('金额不对', 'the amount is wrong'),
              twice: t('重复收费', 'it was charged twice'),
              notMine: t('不是本人的车', 'it is not my car'),
              other: t('其他问题', 'something else'),
            },
          },
          text: { label: t('车主的话', "The driver's words"), rows: 3 },
          contact: {
            label: t('联系方式(可不填)', 'Contact (optional)'),
            hint: t('加密后发给平台', 'sent to the platform encrypted'),
          },
        },
      },
    },
  ),
} as const
