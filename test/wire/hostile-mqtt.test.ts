// What a stranger publishes to a lot that takes reservations, by mosquitto_pub over a real Mosquitto: an overheard
// command is repeated, retained by the broker, changed, or invented. It moves no reservation, money or boom, and a
// person can read it.
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerRows } from './kit/ledger-rows.ts'
import { hasMosquitto } from './kit/mosquitto.ts'
import { ReservationLot, reserve } from './kit/reservation-lot.ts'
import { eventually } from '../kit/eventually.ts'

const scene = new ReservationLot()
const { lot } = scene

interface Heard {
  readonly topic: string
  readonly payload: string
}
let heard: Heard = { topic: '', payload: '' }

function publish(payload: string, ...more: readonly string[]): void {
  const { port, caFile } = scene.broker
  const to = ['-h', '127.0.0.1', '-p', String(port), '--cafile', caFile, '-V', 'mqttv5', '-q', '1']
  execFileSync('mosquitto_pub', [...to, '-t', heard.topic, '-s', ...more], { input: payload })
}

const opens = (laneId: string): Promise<{ opens: number }> =>
  lot.harness.sims(laneId).barrier.admin<{ opens: number }>('GET', '/state')

/** Everything that must not change. */
async function standing() {
  const rows = ledgerRows(lot.dir)
  // The platform's receipts are recorded from time to time, which moves nothing.
  const isNote = (row: (typeof rows)[number]): boolean =>
    row.kind === 'reservation' && row.body.row === 'acked'
  const count = (kind: string): number =>
    rows.filter((row) => row.kind === kind && !isNote(row)).length
  const { keptBays, today } = await scene.view()
  return {
    rows: ['reservation', 'orderMade', 'payment', 'outcome', 'barrier'].map(count),
    opens: [await opens('entry'), await opens('exit')].map((state) => state.opens),
    keptBays,
    today: today.map(({ orderNo, plate, state }) => [orderNo, plate, state]),
  }
}

async function received(word: string): Promise<number> {
  const { link } = await scene.view()
  return word === 'retained' ? (link?.retained ?? 0) : (link?.received[word] ?? 0)
}

const rows: readonly (readonly [what: string, word: string, act: () => Promise<void> | void])[] = [
  ['the same bytes again', 'repeated', () => publish(heard.payload)],
  [
    'the same bytes, kept by the broker for whoever comes',
    'retained',
    async () => {
      publish(heard.payload, '-r')
      scene.relay.cut()
      await scene.linkIs('down')
      scene.relay.mend()
      await scene.linkIs('up')
    },
  ],
  [
    'another car under the old signature',
    'signature',
    () => publish(heard.payload.replace('粤B12345', '粤B54321')),
  ],
  [
    'another lot under the old signature',
    'signature',
    () => publish(heard.payload.replace(scene.at.parkCode, 'OTHER01')),
  ],
  ['half of it', 'format', () => publish(heard.payload.slice(0, heard.payload.length / 2))],
  ['a message of 70 KB', 'format', () => publish(heard.payload.padEnd(70_000, ' '))],
  ['a blank', 'format', () => publish(' ')],
]

describe.skipIf(!hasMosquitto)('a hostile party at the broker', () => {
  beforeAll(async () => {
    await scene.start()
    const watched = await scene.broker.watched()
    expect(await scene.command('reserve', reserve('R1', '粤B12345'))).toEqual([0])
    const line = (text: string): string | undefined =>
      text.split('\n').find((one) => one.startsWith('park/') && one.includes('粤B12345'))
    const text = await eventually(
      () => watched.text(),
      (said) => line(said) !== undefined,
      { of: scene.of },
    )
    watched.stop()
    const [topic = '', ...payload] = (line(text) ?? '').split(' ')
    heard = { topic, payload: payload.join(' ') }
    // The lot's answer about the accepted order has its own row, a moment later.
    await scene.allKnown()
  })
  afterAll(() => scene.close())

  it.each(rows)('%s: nothing moves, and it is counted by name', async (_what, word, act) => {
    const [before, count] = [await standing(), await received(word)]
    expect(before.today).toEqual([['R1', '粤B12345', expect.any(String)]])
    await act()
    await eventually(
      () => received(word),
      (now) => now > count,
      { of: scene.of },
    )
    expect(await standing()).toEqual(before)
  })

  it('and the platform itself is still obeyed', async () => {
    expect(await scene.command('cancel', { orderNo: 'R1' })).toEqual([0])
    expect((await standing()).today).toEqual([['R1', '粤B12345', 'cancelled']])
  })
})
