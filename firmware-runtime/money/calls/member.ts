// Calls about members: the list, issuing and reversing one, importing a file with its difference first, exporting the
// list. A change of the list changes what stays cost, and may record the money of a sale, so all changes are audited
// acts.
import { t } from '#base/pure/words/fault-text.ts'
import { z } from 'zod'
import { fenMax } from '#base/pure/values/fen.ts'
import { memberKinds } from '#base/pure/rows/member-row.ts'
import { act, line, none, read, reply, who, type ActAnswer } from '#base/calls/rows.ts'
import type { MembersView, SaleMoney, UnusualPlates } from './member-views.ts'

const no = z.string().max(40)
/** Checked by the handlers, so that each refusal is MEMBER-01 and names its field. */
const member = z.strictObject({
  no,
  kind: z.enum(memberKinds),
  name: z.string().max(80),
  plates: z.array(z.string().max(32)).max(40),
  spaces: z.int().min(1).max(99).nullable(),
  areas: z.array(z.string().max(40)).max(16).nullable(),
  from: z.string().max(20),
  until: z.string().max(20).nullable(),
})

/** The sale of a period pass. */
const sold = z.strictObject({
  amountFen: z.int().min(1).max(fenMax),
  means: z.enum(['cash', 'transfer']),
})

export const memberCalls = {
  'members.list': read('desk', none, reply<MembersView>(), {
    rest: 'folder',
    command: 'members list',
  }),
  /** Issues a member, or renews and changes the one with this number. */
  'members.issue': act(
    'owner',
    () => z.strictObject({ member, sold: sold.optional(), ...who }),
    reply<ActAnswer & UnusualPlates>(),
    {
      words: t('办理月租车', 'Pass issued'),
      guard: 'pin',
      command: 'members issue',
      flags: { 'sold.amountFen': 'sold-fen FEN' },
      usual: { 'sold.means': 'cash' },
    },
  ),
  /**
   * Returns what was paid for it and how much may still be refunded: `pay.refund` does that, by the number of the
   * payment.
   */
  'members.reverse': act(
    'owner',
    () => z.strictObject({ no, ...who }),
    reply<ActAnswer & SaleMoney>(),
    {
      words: t('撤销月租车', 'Pass reversed'),
      command: 'members reverse',
      form: {
        reasons: 'members',
        usual: 3,
        title: t('收回 {no} {name}', 'Take back {no} {name}'),
        do: t('收回', 'Take back'),
        says: [
          line(
            '从现在起不再有效;在场的车,之前的时段仍不收费。',
            'Not valid from now on; for a car inside, the time until now stays free.',
          ),
        ],
      },
    },
  ),
  /** Exports every plate. */
  'members.export': read('plates', none, reply<{ readonly csv: string }>(), { rest: 'folder' }),
} as const
