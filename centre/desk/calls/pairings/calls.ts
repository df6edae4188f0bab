// Lots that ask to join: a person compares the digits with those at the lot, and accepts or refuses.
import { z } from 'zod'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { decidePairing } from '../../../pairing/decide.ts'
import { logAct } from '../../acts.ts'
import {
  idText,
  known,
  mustHaveReason,
  noArguments,
  reasonText,
  type Asked,
  type CallRows,
} from '../../call.ts'
import type { Transaction } from '../../in-lots.ts'
import type { PairingCalls, PairingView } from './views.ts'

/** `$1`: one request, or null for all. */
const pendingQuery = `SELECT pairing_id, lot_id, name, address, digits, asked_at,
  EXISTS (SELECT FROM desk.lot_key k WHERE k.lot_id = p.lot_id AND revoked_at IS NULL) AS replaces
  FROM desk.pairing p WHERE state = 'pending' AND digits IS NOT NULL
  AND ($1::text IS NULL OR pairing_id = $1) ORDER BY asked_at, pairing_id`

interface PairingData {
  readonly pairing_id: string
  readonly lot_id: string
  readonly name: BilingualText
  readonly address: string
  readonly digits: string
  readonly asked_at: Date
  readonly replaces: boolean
}

const viewOf = ({ pairing_id, lot_id, asked_at, ...row }: PairingData): PairingView => ({
  pairingId: pairing_id,
  lotId: lot_id,
  askedMs: asked_at.getTime(),
  ...row,
})

async function pending(db: Transaction, id: string | null): Promise<readonly PairingView[]> {
  const { rows } = await db.query<PairingData>(pendingQuery, [id])
  return rows.map(viewOf)
}

const oneOf = async (db: Transaction, id: string): Promise<PairingView> =>
  known((await pending(db, id))[0], 'pairingId', id)

async function decide(
  db: Transaction,
  asked: Asked,
  { pairingId, lotId, digits, name }: PairingView,
  how: { readonly accept: boolean; readonly reason: string },
): Promise<null> {
  const { authority, nowMs, person } = asked
  await decidePairing(db, authority, { pairingId, accept: how.accept, nowMs, person: person.name })
  const detail = { pairingId, digits, name, reason: how.reason }
  await logAct(db, asked, { act: how.accept ? 'pairing.accept' : 'pairing.refuse', lotId, detail })
  return null
}

export const pairingCalls: CallRows<PairingCalls> = {
  'pairings.list': {
    right: 'person',
    args: noArguments,
    answer: (_, { run }) => run((db) => pending(db, null)),
  },
  'pairings.accept': {
    right: 'person',
    args: z.strictObject({
      pairingId: idText,
      digits: z.string().regex(/^\d{6}$/),
      reason: reasonText,
    }),
    answer: ({ pairingId, digits, reason }, asked) =>
      asked.run(async (db) => {
        const row = await oneOf(db, pairingId)
        if (row.digits !== digits)
          throw new LaneFault('CENTRE-38', { field: 'digits', value: digits })
        if (row.replaces) mustHaveReason(reason)
        return decide(db, asked, row, { accept: true, reason })
      }),
  },
  'pairings.refuse': {
    right: 'person',
    args: z.strictObject({ pairingId: idText, reason: reasonText }),
    answer: ({ pairingId, reason }, asked) =>
      asked.run(async (db) => {
        mustHaveReason(reason)
        return decide(db, asked, await oneOf(db, pairingId), { accept: false, reason })
      }),
  },
}
