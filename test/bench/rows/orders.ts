// Settling an order through the published interface, signed over HTTP on the loopback, beside the same act of the port in
// process: the same lot, the same ledger. Client and access system are one process, so both signatures and both checks count.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { must, present } from '#base/pure/values/must.ts'
import { noLaneLinks } from '#base/pure/device-kinds/lane-kinds.ts'
import { clientKeyFiles } from '#lane/folder/client-key.ts'
import { loadLot, writeLot } from '#lane/folder/lot-file.ts'
import { openSite } from '#runtime/site/site.ts'
import { bareLot } from '../../kit/bare-lot.ts'
import { ordersOver, signedSend } from '../../kit/partner-client.ts'
import { newIdentity } from '../../kit/partner-kit.ts'
import {
  median,
  resultOf,
  rounds,
  roundsOf,
  type BenchResult,
  type BenchRow,
} from '../kit/measure.ts'
import { freePort } from '../../kit/free-port.ts'
import { inFolder } from '../kit/place.ts'

const roundCount = roundsOf(9)
const ordersEach = 60
const appid = 'BENCH'
const minuteMs = 60_000

/** An open lot, in which many orders are open; no antenna answers. */
async function openLot(dir: string) {
  const [own, identity] = [newIdentity('own', { serialHex: '0A01' }), newIdentity('billing')]
  const certDir = join(dir, 'partners')
  mkdirSync(certDir, { mode: 0o700 })
  const certFile = join(certDir, 'billing.pem')
  writeFileSync(certFile, identity.certPem)
  writeFileSync(join(certDir, 'client.pem'), own.certPem)
  writeFileSync(join(certDir, clientKeyFiles.plain), own.keyPem, { mode: 0o600 })
  const lane = {
    ...noLaneLinks,
    id: 'gantry',
    name: { zh: '门架', en: 'Gantry' },
    direction: 'exit',
    rsu: 'tcp://127.0.0.1:9?variant=generic-bcc',
    ordersFrom: appid,
  }
  const partners = [{ id: appid, certFile, rights: ['orders'] }]
  const published = { host: '127.0.0.1', port: await freePort(), certDir, partners }
  writeLot(dir, { ...bareLot({ layout: '7.2.1' }), lanes: [lane], published }, null)
  const site = await openSite({
    dir,
    ...loadLot(dir),
    business: { nowMs: () => Date.now(), steadyMs: () => Date.now() },
    mono: systemMonoClock(),
    timing: 'instant',
    fatal(fault) {
      throw fault
    },
  })
  const url = present(site.partners.url, 'the interface is open')
  const nowMs = () => systemWallClock().nowMs()
  const billing = ordersOver(signedSend({ url, by: { appid, identity }, own, nowMs }))
  return { site, billing, direct: present(site.runtime.ordersOf(appid), 'it has a lane') }
}

async function measure(dir: string): Promise<readonly BenchResult[]> {
  const { site, billing, direct } = await openLot(dir)
  let count = 0
  const newOrder = (): string => {
    const orderNo = `BENCH-${++count}`
    const nowMs = Date.now()
    direct.open({
      orderNo,
      stayNo: `STAY-${count}`,
      laneId: null,
      plate: `测A${String(count).padStart(5, '0')}`,
      colour: 'blue',
      enteredAtIso: isoOf(nowMs - 60 * minuteMs),
      leftAtIso: isoOf(nowMs - minuteMs),
      madeAtIso: isoOf(nowMs),
      amountFen: 700,
    })
    return orderNo
  }
  /** Median time of one settlement, in ms. */
  const pace = async (orders: Pick<typeof billing | typeof direct, 'settle'>): Promise<number> => {
    const numbers = Array.from({ length: ordersEach }, newOrder)
    const times: number[] = []
    for (const orderNo of numbers) {
      const startNs = process.hrtime.bigint()
      const cash = { means: 'cash', amountFen: 700, atIso: isoOf(Date.now()) } as const
      const { state } = await orders.settle(orderNo, cash)
      times.push(Number(process.hrtime.bigint() - startNs) / 1e6)
      must(state === 'settled', 'it is settled')
    }
    return median(times)
  }
  try {
    const pairs = await rounds(
      roundCount,
      () => pace(billing),
      () => pace(direct),
    )
    const metric = 'settlement through signed HTTP'
    const peerName = 'the same act of the port in process, with its durable row'
    return [resultOf({ metric, unit: 'ms', peerName, better: 'lower' }, pairs)]
  } finally {
    await site.stop()
  }
}

export const ordersRow: BenchRow = { run: () => inFolder(measure) }
