// Worlds of the contract of `Orders` over the lot of sent-scene.ts in virtual time: the port itself, and the same lot behind the
// HTTP server of the published interface.
import { systemMonoClock } from '#base/time/system-clocks.ts'
import { PartnerSeal } from '#money/partners/seal.ts'
import { openPartnerServer } from '#money/partners/server.ts'
import { onTestFinished } from 'vitest'
import type { Orders } from '#money/ports/orders.ts'
import { ordersOver, signedSend, type OrdersClient } from '../../../kit/partner-client.ts'
import { portsOf } from '../../../kit/partner-server.ts'
import { newIdentity, partnerOf } from '../../../kit/partner-kit.ts'
import { t0 } from '../pure/lot/row-kit.ts'
import { day, minute, second, type Case, type Charge, type ContractWorld } from './contract.ts'
import { otherPartner, partner, SentScene, type SceneCar } from './sent-scene.ts'

/** The port in process, in the form of a client. A restart makes another port. */
function direct(orders: () => Orders): OrdersClient {
  return {
    facts: async () => orders().facts(),
    open: async (order) => orders().open(order),
    order: async (orderNo) => orders().order(orderNo),
    settle: async (orderNo, settlement) => orders().settle(orderNo, settlement),
    withdraw: async (orderNo, reason) => orders().withdraw(orderNo, reason),
    review: async (orderNo, given) => orders().review(orderNo, given),
    refund: async (refund) => orders().refund(refund),
    refundOf: async (refundNo) => orders().refundOf(refundNo),
    events: async (after, limit) => orders().events(after, limit),
  }
}

const sceneOf = ({ layout, needs }: Case, charge: Charge): SentScene =>
  new SentScene(charge, layout === 'lane' ? '7.1.1' : '7.2.1', needs === 'other')

/** The result of a charge at the platform is lost, and so are the answers to the first queries of it. */
function loseResult({ lot }: SentScene): void {
  const at = 'POST /v1/etc/exit-charges'
  const query = 'GET /v1/etc/exit-charges/{outTradeNo}'
  lot.faults.platform.add({ at, do: 'drop', when: 'after', skip: 0, times: 2 })
  lot.faults.platform.add({ at: query, do: 'drop', when: 'before', skip: 0, times: 4 })
}

/** Cards lose what the ledger has as paid by them. */
function oddDebits(scene: SentScene): readonly string[] {
  if (scene.charge === 'online') return []
  const paidFen = scene.rows
    .flatMap((row) =>
      row.kind === 'payment' && row.body.means === 'etc' ? [row.amountFen ?? 0] : [],
    )
    .reduce((sum, fen) => sum + fen, 0)
  const debitedFen = scene.debitedFen()
  return debitedFen === paidFen ? [] : [`debited ${debitedFen}, paid ${paidFen}`]
}

type Ours = Pick<ContractWorld, 'us' | 'other'>

function worldOf(scene: SentScene, { us, other }: Ours): ContractWorld {
  const cars = new Map<number, SceneCar>()
  const car = (n: number): SceneCar => {
    const made = cars.get(n) ?? scene.car()
    cars.set(n, made)
    return made
  }
  return {
    us,
    other,
    nowMs: () => scene.nowMs,
    run: (ms) => scene.run(ms),
    comes: (n) => scene.comes(car(n)),
    plate: (n) => car(n).plate,
    loseResult: () => loseResult(scene),
    findResult: () => scene.run(60 * minute),
    restart() {
      scene.lot.crash()
      scene.run(second)
    },
    violations: () => [...scene.violations(), ...oddDebits(scene)],
  }
}

export function inProcess(one: Case, charge: Charge): ContractWorld {
  const scene = sceneOf(one, charge)
  const us = direct(() => scene.orders)
  const other = one.needs === 'other' ? direct(() => scene.ordersOf(otherPartner)) : null
  return worldOf(scene, { us, other })
}

const valid = { fromMs: t0 - day, toMs: t0 + day }
const own = newIdentity('ours', { ...valid, serialHex: '0A01' })
const identities = {
  [partner]: newIdentity(partner, { ...valid, serialHex: '0B01' }),
  [otherPartner]: newIdentity(otherPartner, { ...valid, serialHex: '0C01' }),
}

/** Time stands still while a request is under way. */
export async function overHttp(one: Case, charge: Charge): Promise<ContractWorld> {
  const scene = sceneOf(one, charge)
  const nowMs = (): number => scene.nowMs
  const partners = Object.entries(identities).map(([id, identity]) => partnerOf(id, [identity]))
  const server = await openPartnerServer({
    seal: new PartnerSeal({ partners, own: own.key, clock: { nowMs } }),
    ...portsOf((id) => scene.lot.runtime.ordersOf(id)),
    mono: systemMonoClock(),
    host: '127.0.0.1',
    port: 0,
    tls: null,
    failed(error) {
      throw error
    },
  })
  onTestFinished(() => server.close())
  const client = (appid: keyof typeof identities): OrdersClient => {
    const by = { appid, identity: identities[appid] }
    return ordersOver(signedSend({ url: server.url, by, own, nowMs }))
  }
  const other = one.needs === 'other' ? client(otherPartner) : null
  return worldOf(scene, { us: client(partner), other })
}
