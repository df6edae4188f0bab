// The issuer's side of the platform (table I.1): the contract of a card or an OBU, and a day of its bookkeeping
// compared with the charges of that day. Bookings are written where money moves, so that both can differ.
import { isFen } from '#base/pure/values/fen.ts'
import type { AdminRoutes } from '../../shell/admin.ts'
import { channelIn, type AdminPlan } from '../admin.ts'
import { textIn } from '../admin-members.ts'
import { membersIn, refuse } from '../../shell/members.ts'
import { keyOf } from './by-application.ts'
import type { PlatformModel } from '../model.ts'
import type { Contract } from '../contract.ts'
import { datePlace } from './filed.ts'
import { actsAt, type Act } from './settlement-records.ts'

interface PostingDifference {
  readonly outTradeNo: string
  readonly kind: 'notBooked' | 'bookedOnly' | 'amountDiffers'
  readonly chargedFen: number
  readonly bookedFen: number
}

const cardShape = /^\d{20}$/
const obuShape = /^([0-9A-F]{8}|[0-9A-F]{16})$/
const contractShape = /^[A-Za-z0-9-]{1,40}$/
const dayShape = /^\d{4}-\d{2}-\d{2}$/

function contractIn(body: unknown): Contract {
  const members = membersIn(body)
  const [contractNo, cardNo] = [textIn(members, 'contractNo'), textIn(members, 'cardNo')]
  const { obuId } = members
  if (!contractShape.test(contractNo)) throw refuse('contractNo', contractNo, contractShape.source)
  if (!cardShape.test(cardNo)) throw refuse('cardNo', cardNo, cardShape.source)
  if (obuId === undefined || obuId === '') return { contractNo, cardNo }
  if (typeof obuId !== 'string' || !obuShape.test(obuId))
    throw refuse('obuId', obuId, obuShape.source)
  return { contractNo, cardNo, obuId }
}

/** Fen that a charge took, less refunds; 0 for a refused or undecided one. */
export const takenFen = ({ status, row, refundedFen }: Act): number =>
  status === 'SUCCESS' || status === 'REFUNDED' ? (row.charge?.realFee ?? 0) - refundedFen : 0

function kindOf(chargedFen: number, bookedFen: number): PostingDifference['kind'] | null {
  if (chargedFen === bookedFen) return null
  if (bookedFen === 0) return 'notBooked'
  return chargedFen === 0 ? 'bookedOnly' : 'amountDiffers'
}

/** All charges of the day for a channel or for production: by their own time, as in the bill. */
function reconciled({ state }: PlatformModel, date: string, whom: string | null) {
  const differences: PostingDifference[] = []
  const sums = { charges: 0, chargedFen: 0, bookedFen: 0 }
  const channels = [...state.trades.keys()].filter((appId) =>
    whom === null ? !state.onboarding.tried.has(appId) : whom === appId,
  )
  const kind = 'exit-charges'
  for (const act of channels.flatMap((one) => actsAt(state, kind, datePlace(kind, one, date)))) {
    const { appId, no, charge } = act.row
    if (charge === undefined) continue
    const chargedFen = takenFen(act)
    const bookedFen = state.booked.get(keyOf(appId, no)) ?? 0
    sums.charges++
    sums.chargedFen += chargedFen
    sums.bookedFen += bookedFen
    const differs = kindOf(chargedFen, bookedFen)
    if (differs !== null) differences.push({ outTradeNo: no, kind: differs, chargedFen, bookedFen })
  }
  return { date, ...sums, agrees: differences.length === 0, differences }
}

/**
 * POST /contracts {contractNo, cardNo, obuId?}; GET /contracts?no= by card or OBU; GET /bookings?date=&appId=: a day of
 * bookkeeping; POST /bookings {outTradeNo, fen, appId}: books more, or less, than was charged.
 */
export const issuerRoutes = ({ model, appId, settled }: Omit<AdminPlan, 'nowMs'>): AdminRoutes => ({
  'POST /contracts': async ({ body }) => {
    const contract = contractIn(body)
    model().record({ t: 'contract', ...contract })
    await settled()
    return contract
  },
  'GET /contracts': ({ query }) => {
    const no = query.get('no') ?? ''
    const found = model().state.contracts.get(no)
    if (found === undefined) throw refuse('no', no, 'no contract of such a card or OBU')
    return found
  },
  'GET /bookings': ({ query }) => {
    const date = query.get('date') ?? ''
    if (!dayShape.test(date)) throw refuse('date', date, 'YYYY-MM-DD')
    return reconciled(model(), date, query.get('appId'))
  },
  'POST /bookings': async ({ body }) => {
    const members = membersIn(body)
    const no = textIn(members, 'outTradeNo')
    const { fen } = members
    const whom = channelIn(members, appId)
    if (!isFen(fen) || fen === 0) throw refuse('fen', fen, 'integer fen, not 0')
    if (!model().state.acts.get('exit-charges')?.get(keyOf(whom, no)))
      throw refuse('outTradeNo', no, 'not in the books')
    model().record({ t: 'booking', appId: whom, no, fen })
    await settled()
    return { outTradeNo: no, bookedFen: model().state.booked.get(keyOf(whom, no)) }
  },
})
