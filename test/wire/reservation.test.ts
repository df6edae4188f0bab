// Reservations over a real Mosquitto: a reserved car enters a full lot and pays the agreed price; the lot's
// messages have no gap after a kill of the lot, the broker or the platform, and after a cut of the link (P27 to P33).
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { ledgerRows } from './kit/ledger-rows.ts'
import { hasMosquitto, type Mosquitto } from './kit/mosquitto.ts'
import { repository } from './kit/program.ts'
import { ReservationLot, reserve, type MessageLine } from './kit/reservation-lot.ts'
import { eventually } from '../kit/eventually.ts'

interface Seen {
  readonly bad: readonly string[]
  readonly seqs: readonly number[]
  readonly types: readonly number[]
  readonly topics: Readonly<Record<string, number>>
}
const scene = new ReservationLot()
const { lot } = scene

const seqsOf = (messages: readonly MessageLine[]): number[] => messages.map(({ seq }) => seq)
const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1)
const types = (messages: readonly MessageLine[]): number[] =>
  messages.flatMap(({ data }) => data.eventType ?? [])
const car = (plate: string) => ({ plate, colour: 'blue' })
const rowsOf = <K extends LedgerRow['kind']>(kind: K) =>
  ledgerRows(lot.dir).filter((row): row is Extract<LedgerRow, { kind: K }> => row.kind === kind)

describe.skipIf(!hasMosquitto)('a lot that takes reservations', () => {
  let watched: Awaited<ReturnType<Mosquitto['watched']>>
  beforeAll(async () => {
    await scene.start()
    watched = await scene.broker.watched()
  })
  afterAll(() => {
    watched.stop()
    return scene.close()
  })

  /**
   * The lot's messages received by mosquitto_sub and decoded by the published page alone; all of the platform's must be
   * there.
   */
  async function seenByOthers(known: readonly MessageLine[]): Promise<Seen> {
    const text = await eventually(
      () => watched.text(),
      (said) => said.includes(known.at(-1)?.msgId ?? ''),
      { of: scene.of },
    )
    const lines = text.split('\n').filter((line) => line.startsWith('park/'))
    const script = join(repository, 'test/fixtures/reservation-reader.py')
    const input = lines.join('\n')
    return JSON.parse(
      execFileSync('python3', [script, scene.at.secretFile], { input }).toString(),
    ) as Seen
  }

  it('keeps a bay for a reserved car, lets it into a lot that is full for others, and prices it by its terms', async () => {
    expect(await scene.command('reserve', reserve('R1', '粤B12345'))).toEqual([0])
    await lot.goesIn('entry', car('测A00001'))
    // One bay is left, and it is reserved.
    await lot.comes('entry', car('测A00002'))
    const barred = await lot.until('entry', ({ car: at }) => at?.manual === 'lotFull')
    expect(barred).toMatchObject({ state: 'reading', barrier: { position: 'closed' } })
    await lot.loops('entry', false, false)
    await lot.until('entry', ({ state }) => state === 'idle')
    await lot.goesIn('entry', car('粤B12345'))
    await lot.until('exit', ({ state }) => state === 'idle')
    await lot.comes('exit', car('粤B12345'))
    const shown = await lot.until('exit', ({ state }) => state === 'manual')
    expect(shown.car).toMatchObject({ plate: '粤B12345', dueFen: 100 })
    const order = rowsOf('orderMade').findLast(({ body }) => body.plate === '粤B12345')
    expect(order?.body.lines.at(-1)).toMatchObject({ rule: 'reservation', amountFen: -200 })
    expect(order?.body.reservation).toMatchObject({ orderNo: 'R1', amountFen: 200 })
    expect(order?.amountFen).toBe(100)
    expect(rowsOf('payment')).toEqual([])
    await lot.run.call('lane.settle', {
      laneId: 'exit',
      orderId: shown.car?.orderId,
      means: 'cash',
      amountFen: 100,
      by: '测试',
      reason: '预约车出场',
      commandId: 'settle-r1',
    })
    await lot.leaves('exit')
    const messages = await scene.allKnown()
    expect(seqsOf(messages)).toEqual(upTo(messages.length))
    for (const type of [1, 2, 5, 8, 11]) expect(types(messages)).toContain(type)
    const seen = await seenByOthers(messages)
    expect(seen.bad).toEqual([])
    // Messages before it subscribed reached only the platform.
    expect(seen.seqs).toEqual(seqsOf(messages).slice(-seen.seqs.length))
    for (const type of [1, 2, 5, 8, 11]) expect(seen.types).toContain(type)
    expect(seen.topics).toMatchObject({ 'up/order': 1 })
    const income = messages.find(({ type }) => type === 'order')
    expect(income?.data).toMatchObject({
      orderNo: 'R1',
      paidFen: 100,
      prepaidFen: 200,
      shares: [{ providerId: '', bp: 10_000, amountFen: 300 }],
    })
  })

  it('tells without a gap and without a second time after the link, the broker, the platform and the lot were gone', async () => {
    scene.relay.cut()
    await scene.linkIs('down')
    await scene.ask('POST', '/commands', { type: 'reserve', data: reserve('R2', '粤B00002') })
    scene.relay.mend()
    await eventually(
      () => scene.view(),
      ({ today }) => today.some(({ orderNo }) => orderNo === 'R2'),
      { of: scene.of },
    )
    await scene.broker.kill()
    await scene.linkIs('down')
    await lot.until('exit', ({ state }) => state === 'idle')
    await scene.broker.start()
    await scene.linkIs('up')
    scene.sim.child.kill('SIGKILL')
    await scene.sim.ended
    await scene.startSim()
    expect(await scene.command('cancel', { orderNo: 'R2' })).toEqual([0])
    lot.run.child.kill('SIGKILL')
    await lot.run.ended
    await lot.start('exit')
    await scene.linkIs('up')
    expect(await scene.command('cancel', { orderNo: 'R2' })).toEqual([2003])
    const messages = await scene.allKnown()
    expect(seqsOf(messages)).toEqual(upTo(messages.length))
    expect(types(messages).filter((type) => type === 7)).toHaveLength(1)
    expect(await scene.ask('GET', '/state')).toMatchObject({ conflicts: 0, lot: 'online' })
  })
})
