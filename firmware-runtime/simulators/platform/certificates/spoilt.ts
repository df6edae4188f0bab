// Deliberate errors in the platform's books until they are corrected by a call: lost charges and refunds, bookings of a
// wrong amount, an OBU with another contract.
import type { AdminRoutes } from '../../shell/admin.ts'
import { membersIn, refuse } from '../../shell/members.ts'
import type { AdminPlan } from '../admin.ts'
import { keyOf } from '../records/by-application.ts'
import type { PlatformModel } from '../model.ts'
import type { Contract } from '../contract.ts'
import { actsOf } from '../records/settlement-records.ts'

type Undo = () => void

const extraFen = 1

/** Removes the content of acts, so that queries do not find them. */
function lost(model: PlatformModel, kind: 'exit-charges' | 'refunds', appId: string): Undo[] {
  const shelf = model.state.acts.get(kind)
  return actsOf(model.state, kind, appId).flatMap((act) => {
    const { charge, refund, ...row } = act.row
    if (charge === undefined && refund === undefined) return []
    const key = keyOf(appId, row.no)
    const whole = act.row
    shelf?.set(key, { ...act, row })
    return [() => void shelf?.set(key, { ...(shelf.get(key) ?? act), row: whole })]
  })
}

function misbooked(
  model: PlatformModel,
  appId: string,
  done: ReadonlySet<string>,
): [string, Undo][] {
  const all = actsOf(model.state, 'exit-charges', appId)
  return all
    .filter(({ status, row }) => status === 'SUCCESS' && !done.has(row.no))
    .map(({ row: { no } }) => {
      const book = (fen: number): void => model.record({ t: 'booking', appId, no, fen })
      book(extraFen)
      return [no, () => book(-extraFen)]
    })
}

const contract: Contract = { contractNo: 'C-1', cardNo: '45010000000000000001', obuId: '450100A1' }
const other: Contract = { ...contract, contractNo: 'C-2', cardNo: '45010000000000000002' }

/** Two contracts for one OBU: a lookup finds one of them. */
function contractsCrossed(model: PlatformModel): Undo[] {
  for (const one of [contract, other]) model.record({ t: 'contract', ...one })
  return [
    () => {
      model.record({ t: 'contract', ...other, obuId: '450100A2' })
      model.record({ t: 'contract', ...contract })
    },
  ]
}

const spoilable = ['charges', 'refunds', 'bookings', 'contracts'] as const

/** POST /spoilt {what}: spoils the present records, again for later ones; DELETE /spoilt: corrects all. */
export function spoiltRoutes({ model, appId, settled }: Omit<AdminPlan, 'nowMs'>): AdminRoutes {
  let undo: Undo[] = []
  const booked = new Set<string>()
  const spoil = (what: (typeof spoilable)[number]): Undo[] => {
    switch (what) {
      case 'charges':
        return lost(model(), 'exit-charges', appId)
      case 'refunds':
        return lost(model(), 'refunds', appId)
      case 'bookings':
        return misbooked(model(), appId, booked).map(([no, back]) => {
          booked.add(no)
          return back
        })
      default:
        return contractsCrossed(model())
    }
  }
  return {
    'POST /spoilt': async ({ body }) => {
      const said = membersIn(body)['what']
      const what = spoilable.find((one) => one === said)
      if (what === undefined) throw refuse('what', said, `one of ${spoilable.join(' ')}`)
      undo = [...undo, ...spoil(what)]
      await settled()
      return { what, spoilt: undo.length }
    },
    'DELETE /spoilt': async () => {
      for (const one of undo.toReversed()) one()
      const [righted] = [undo.length]
      undo = []
      booked.clear()
      await settled()
      return { righted }
    },
  }
}
