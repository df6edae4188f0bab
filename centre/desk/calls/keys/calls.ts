// The keys of a lot: revoked, the lot keeps its rows and has to ask again.
import { z } from 'zod'
import { revokeLot } from '../../../pairing/decide.ts'
import { logAct } from '../../acts.ts'
import { idText, known, mustHaveReason, reasonText, type CallRows } from '../../call.ts'
import type { KeyCalls } from './views.ts'

export const keyCalls: CallRows<KeyCalls> = {
  'keys.revoke': {
    right: 'person',
    args: z.strictObject({ lotId: idText, reason: reasonText }),
    answer: ({ lotId, reason }, asked) =>
      asked.run(async (db) => {
        mustHaveReason(reason)
        const { nowMs, person } = asked
        const revoked = await revokeLot(db, { lotId, nowMs, person: person.name })
        known(revoked > 0 ? revoked : undefined, 'lotId', lotId)
        await logAct(db, asked, { act: 'keys.revoke', lotId, detail: { reason } })
        return null
      }),
  },
}
