// A gateway that notifies a lot of its payments, over real sockets: the barrier opens after the query that follows,
// long before the lane's next own query. Messages of others to that address are refused and open nothing.
import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LaneView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { runToEnd } from './kit/live-program.ts'
import { LotGateway } from './kit/lot-gateway.ts'
import { eventually } from '../kit/eventually.ts'
import { tcpLot } from './kit/run-lot.ts'

const lot = tcpLot()
const gateway = new LotGateway()
let address = ''

beforeAll(async () => {
  await lot.startSims()
  await gateway.startFor(lot)
  // A lane queries such a gateway only every ten minutes: anything seen earlier came by a notice.
  await gateway.ask('POST', '/policy', { minQueryMs: 600_000 })
  await lot.start('exit')
  const { endpoints } = present(lot.run.lines[0], 'it is ready') as {
    endpoints: { gateway: { notify: string } }
  }
  address = endpoints.gateway.notify
})
afterAll(() => lot.close())

let cars = 0
const hasCode = ({ payCode }: LaneView): boolean => payCode !== undefined
async function showsCode(): Promise<string> {
  const car = { plate: `测A4321${++cars}`, colour: 'blue' }
  await lot.goesIn('entry', car)
  await lot.comes('exit', car)
  const { payCode } = await lot.until('exit', hasCode)
  return present(/[^/]+$/.exec(present(payCode, 'a code').text), 'its number')[0]
}

/** The gateway's queries and notices for this attempt, in order. */
const heard = async (no: string): Promise<string[]> => {
  const { entries } = await gateway.ask<{ entries: { text: string }[] }>('GET', '/log')
  return entries.map(({ text }) => text).filter((text) => text.includes(no))
}
const payments = () => ledgerRows(lot.dir).filter(({ kind }) => kind === 'payment')

/** A notice signed as documented, with any key. */
function signed(no: string, keyLine: string, json: object = { attemptNo: no }, nowMs = Date.now()) {
  const [keyId = '', secret = ''] = keyLine.split(':')
  const body = JSON.stringify(json)
  const stamp = String(Math.floor(nowMs / 1000))
  const hash = createHash('sha256').update(body).digest('hex')
  const lines = ['200', stamp, no, hash].map((line) => `${line}\n`).join('')
  const headers = {
    'content-type': 'application/json',
    'pay-key': keyId,
    'pay-timestamp': stamp,
    'pay-nonce': no,
    'pay-signature': createHmac('sha256', Buffer.from(secret, 'hex')).update(lines).digest('hex'),
  }
  return { method: 'POST', headers, body }
}
const post = async (init: RequestInit): Promise<number> => (await fetch(address, init)).status

it('X17 forged, old, of another order or of nothing paid: nothing is opened, and the gateway is asked at most', async () => {
  const no = await showsCode()
  const before = payments().length
  const forged = `${present(gateway.keys.split(':')[0], 'its id')}:${'5a'.repeat(32)}`
  expect(await post(signed(no, forged))).toBe(401)
  expect(await post(signed(no, gateway.keys, undefined, Date.now() - 360_000))).toBe(401)
  expect(await post({ method: 'POST', body: JSON.stringify({ attemptNo: no }) })).toBe(401)
  expect((await heard(no)).join()).not.toContain('GET /v1/attempts')
  expect(await post(signed('n1-O77P1', gateway.keys))).toBe(204)
  const claim = { attemptNo: no, state: 'paid', paidFen: 300 }
  const notice = signed(no, gateway.keys, claim)
  expect([await post(notice), await post(notice)]).toEqual([204, 401])
  await eventually(
    () => heard(no),
    (all) => all.some((text) => /^GET .* 200$/.test(text)),
    { of: lot.of },
  )
  expect([payments().length, (await lot.lane('exit')).state]).toEqual([before, 'manual'])
  const { stdout } = await runToEnd(['events', '--data', lot.dir])
  const told = stdout.flatMap((line) => /PAY-08 \w+/.exec(JSON.stringify(line)) ?? [])
  expect(told.map(String)).toEqual([
    'PAY-08 wrongSignature',
    'PAY-08 wrongTime',
    'PAY-08 unsigned',
    'PAY-08 repeated',
  ])
  await lot.run.call('lane.open', {
    laneId: 'exit',
    by: '测试员',
    reason: '放行',
    commandId: 'notice-open-1',
  })
  await lot.leaves('exit')
})

it('paid and told: the query follows at once, and the barrier opens on its answer', async () => {
  await gateway.ask('POST', '/target', { url: address })
  const no = await showsCode()
  await gateway.pay(no, 'now')
  await lot.leaves('exit')
  expect(payments().at(-1)).toMatchObject({ body: { means: 'qr' }, amountFen: 300 })
  const all = await heard(no)
  const at = (part: string): number => all.findIndex((text) => text.includes(part))
  expect(all.join()).not.toContain('/cancel')
  expect([at('notify'), at('GET /v1/attempts')]).not.toContain(-1)
  expect(all.filter((text) => text.startsWith('notify'))).toEqual([`notify ${no} 204`])
})
