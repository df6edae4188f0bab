// Commands of a reservation platform: verified once, carried out once, and a repeat gets the first answer.
// The other side is the simulator's own envelope; rows are folded as in the ledger.
import { expect, it } from 'vitest'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { Receiver, type Misfit } from '#lane/reservation/receiver.ts'
import { shenzhen } from '#ledger/pure/platforms/shenzhen/dialect.ts'
import { seal, type Spoilt } from '#simulators/reservation/envelope.ts'
import { Scene } from '../pure/reservation/kit.ts'

const keys = { appId: 'sz-demo', parkCode: '4403000001', secret: 'demo-secret' }

class Bench {
  readonly scene = new Scene().joined()
  wallMs = 1_772_416_200_000
  monoMs = 0
  isFull = false
  readonly misfits: Misfit[] = []
  isClockSure = true
  #nonces = 0
  receiver = this.started()

  /** A receiver as after a restart: it has the rows, but not the nonces in memory. */
  started(): Receiver {
    const { scene } = this
    return new Receiver({
      dialect: shenzhen,
      names: keys,
      signer: hmacSha256(keys.secret),
      list: scene.lot.reservations,
      spaces: 1,
      wallMs: () => this.wallMs,
      nowMs: () => scene.nowMs,
      isClockSure: () => this.isClockSure,
      monoMs: () => this.monoMs,
      sm3Hex: (text) => text,
      write: (row, misfit) => {
        if (!this.isFull) scene.own(row)
        if (misfit !== null) this.misfits.push(misfit)
        return !this.isFull
      },
      misfitAgain: (misfit) => void this.misfits.push(misfit),
    })
  }

  text(data: object, spoilt: Spoilt = {}): Uint8Array {
    const nonce = String(this.#nonces++).padStart(32, '0')
    return new TextEncoder().encode(seal(keys, JSON.stringify(data), this.wallMs, nonce, spoilt))
  }

  flow(on: boolean, more: object = {}, spoilt: Spoilt = {}): string | null {
    const data = { cmdId: 'C1', expireAt: this.wallMs + 60_000, on, ...more }
    return this.receiver.command('flow', this.text(data, spoilt))?.answer ?? null
  }

  get isOn(): boolean {
    return this.scene.lot.reservations.isFlowControlled
  }
}

it('obeys a command once, and answers its repeat the same after a restart and long after', () => {
  const bench = new Bench()
  const data = { cmdId: 'C1', expireAt: bench.wallMs + 60_000, on: true }
  const first = bench.text(data)
  expect(bench.receiver.command('flow', first)).toEqual({ cmdId: 'C1', answer: 'done' })
  expect(bench.isOn).toBe(true)
  bench.flow(false, { cmdId: 'C2' })
  expect(bench.isOn).toBe(false)
  bench.receiver = bench.started()
  bench.wallMs += 86_400_000
  // The same bytes a day later, and the same command in a new envelope.
  expect(bench.receiver.command('flow', first)?.answer).toBe('done')
  expect(bench.receiver.command('flow', bench.text(data))?.answer).toBe('done')
  expect(bench.receiver.command('flow', bench.text({ ...data, on: false }))?.answer).toBe(
    'otherContent',
  )
  expect(bench.isOn).toBe(false)
})

it.each<[string, object, Spoilt, string]>([
  ['another secret', {}, { sign: true }, 'signature'],
  ['another lot', {}, { parkCode: '4403000002' }, 'permission'],
  ['an hour old', {}, { skewMs: -3_600_000 }, 'time'],
  ['from tomorrow', {}, { skewMs: 86_400_000 }, 'time'],
  ['a member too many', { open: true }, {}, 'format'],
])('refuses with its word and changes nothing: %s', (_what, more, spoilt, answer) => {
  const bench = new Bench()
  expect(bench.flow(true, more, spoilt)).toBe(answer)
  expect(bench.isOn).toBe(false)
  expect(bench.scene.lot.reservations.commands.size).toBe(0)
  // A refused command does not use up its number: the genuine one is still carried out.
  expect(bench.flow(true)).toBe('done')
})

it('refuses what is void by now, and says so again', () => {
  const bench = new Bench()
  const expireAt = bench.wallMs
  expect(bench.flow(true, { expireAt })).toBe('expired')
  expect(bench.flow(true, { expireAt })).toBe('expired')
  expect(bench.isOn).toBe(false)
})

it('H11 an envelope that comes again is refused, and so is one that is five minutes old or early', () => {
  const bench = new Bench()
  const data = { cmdId: 'C1', expireAt: bench.wallMs + 3_600_000, on: true }
  const sent = bench.text(data)
  expect(bench.receiver.believed(sent).ok).toBe(true)
  expect(bench.receiver.believed(sent)).toMatchObject({ ok: false, doubt: 'nonce' })
  const sentMs = bench.wallMs
  const [edge, late] = [bench.text(data), bench.text(data)]
  bench.wallMs = sentMs + 300_000
  expect(bench.receiver.believed(edge).ok).toBe(true)
  bench.wallMs = sentMs + 300_001
  expect(bench.receiver.believed(late)).toMatchObject({ ok: false, doubt: 'time' })
  expect(bench.flow(true, {}, { skewMs: 300_001 })).toBe('time')
  expect(bench.isOn).toBe(false)
  // A restart forgets the nonces; the stored command number still prevents a second execution.
  bench.wallMs = sentMs
  const again = bench.text({ ...data, cmdId: 'C9' })
  expect(bench.receiver.command('flow', again)?.answer).toBe('done')
  bench.flow(false, { cmdId: 'C10' })
  bench.receiver = bench.started()
  bench.receiver.command('flow', again)
  expect(bench.isOn).toBe(false)
})

it('takes a nonce once', () => {
  const bench = new Bench()
  const nonce = 'a'.repeat(32)
  expect(bench.flow(true, {}, { nonce })).toBe('done')
  expect(bench.flow(false, { cmdId: 'C2' }, { nonce })).toBe('nonce')
  bench.monoMs += 600_001
  expect(bench.flow(false, { cmdId: 'C2' }, { nonce })).toBe('done')
})

it('answers nothing that it could not write, and takes it when it can', () => {
  const bench = new Bench()
  bench.isFull = true
  expect(bench.flow(true)).toBeNull()
  bench.isFull = false
  expect(bench.flow(true)).toBe('done')
})

it('writes nothing of commands that come faster than any platform sends', () => {
  const bench = new Bench()
  const answers = Array.from({ length: 210 }, (_, i) => bench.flow(true, { cmdId: `C${i}` }))
  expect(answers.filter((answer) => answer === 'rate')).toHaveLength(10)
  expect(bench.scene.lot.reservations.commands.size).toBe(200)
})

it('drops what is no message, however long it is', () => {
  const bench = new Bench()
  for (const bytes of [
    new Uint8Array(),
    Uint8Array.of(0xff, 0xfe),
    new Uint8Array(70_000).fill(32),
  ])
    expect(bench.receiver.command('flow', bytes)).toBeNull()
  expect(bench.receiver.counts.get('format')).toBe(3)
})

it('a command under the topic of another type is not carried out, and a person is told', () => {
  const bench = new Bench()
  const give = (type: string, data: object) =>
    bench.receiver.command(type, bench.text(data))?.answer
  const expireAt = bench.wallMs + 60_000
  const order = {
    kind: 'reserved',
    orderNo: 'R1',
    plateNo: '测B12345',
    plateColor: 0,
    startTime: bench.scene.nowMs,
    endTime: bench.scene.nowMs + 3_600_000,
    terms: { type: 'none' },
  }
  // `change` of an order that was never made, and its genuine `reserve` under the same number.
  expect(give('change', { cmdId: 'C1', expireAt, ...order })).toBe('orderMissing')
  expect(give('reserve', { cmdId: 'C1', expireAt, ...order })).toBe('otherContent')
  expect(give('reserve', { cmdId: 'C2', expireAt, ...order })).toBe('done')
  expect(give('reserve', { cmdId: 'C3', expireAt, ...order })).toBe('otherContent')
  expect(give('revoke', { cmdId: 'C4', expireAt, orderNo: 'R9' })).toBe('orderMissing')
  expect(bench.misfits.map(({ type, no, answer }) => [type, no, answer])).toEqual([
    ['change', 'R1', 'orderMissing'],
    ['reserve', 'C1', 'otherContent'],
    ['reserve', 'R1', 'otherContent'],
    ['revoke', 'R9', 'orderMissing'],
  ])
  expect(bench.scene.lot.reservations.byOrder.get('R1')?.state).toBe('open')
})

it('calls nothing void by a clock in doubt: no answer, no row, and the truth when it comes again', () => {
  const bench = new Bench()
  const expireAt = bench.wallMs
  bench.isClockSure = false
  expect(bench.flow(true, { expireAt })).toBeNull()
  expect(bench.scene.lot.reservations.commands.size).toBe(0)
  expect(bench.flow(true)).toBe('done')
  bench.isClockSure = true
  expect(bench.flow(false, { cmdId: 'C9', expireAt })).toBe('expired')
})
