// The daily sign-in of the PSAMs: at start, renewed before it expires, retried without alarm, ended with its site.
// Only the test moves time; the platform answers as the row says.
import { describe, expect, it } from 'vitest'
import { SignInScheduler } from '#devices/desk/hosts/sign-in.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { SignInRequest, SignInResult, Uploader } from '#ledger/ports/uploader.ts'
import { makeLot, startMs, testLot } from '../../../runtime/control/control-kit.ts'

const hourMs = 3_600_000

function settingsStore(config: LotConfig = testLot) {
  const lot = makeLot()
  const asked: SignInRequest[] = []
  const waiting: ((result: SignInResult) => void)[] = []
  const uploader: Uploader = {
    clockOffsetMs: null,
    send: () => undefined,
    signIn: (request, _timeoutMs, done) => {
      asked.push(request)
      waiting.push(done)
    },
  }
  let n = 0
  const random = { bytes: (count: number) => new Uint8Array(count).fill(++n) }
  const keep = new SignInScheduler({
    runtime: lot.runtime,
    uploader,
    mono: lot.clock,
    config,
    random,
  })
  const answer = (result: SignInResult): void => waiting.shift()?.(result)
  const grant = (hours: number): void =>
    answer({ kind: 'granted', validUntilMs: lot.runtime.nowMs() + hours * hourMs })
  return { ...lot, keep, asked, answer, grant }
}

describe('sign-in', () => {
  it('asks when an RSU reports its PSAM, under a serial of its own, and writes the grant down', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506', '0A0B0C0D0E0F'])
    // Either PSAM may sign the next debit, so both are signed in.
    expect(t.asked).toMatchObject([
      { psamTerminal: '010203040506', laneId: 'exit' },
      { psamTerminal: '0A0B0C0D0E0F', laneId: 'exit' },
    ])
    expect(t.asked[0]?.listNo).toMatch(/^L[A-Za-z0-9]{1,35}$/)
    t.grant(24)
    expect(t.ledger.list.at(-1)).toMatchObject({ kind: 'signIn', body: { psamNo: '010203040506' } })
    expect(t.runtime.lot.signInUntilMs).toBe(startMs + 24 * hourMs)
  })
  it.each([
    ['handheld', { kind: 'handheld', gnss: null }],
    ['bay', { kind: 'etc-pile', space: 'A12' }],
    [undefined, undefined],
    ['bay', undefined, '7.2.1'],
  ])('says what the antenna is: %s', (laneType, place, layout?: string) => {
    const lanes = testLot.lanes.map((lane) => ({
      ...lane,
      place,
      layout: layout ?? lane.layout,
    })) as LotConfig['lanes']
    const t = settingsStore({ ...testLot, lanes })
    t.keep.rsuUp('exit', ['010203040506'])
    expect(t.asked[0]?.laneType).toBe(laneType)
  })
  it('asks nothing of an RSU without a PSAM', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', [])
    expect(t.asked).toEqual([])
  })
  it('asks again four hours before the grant ends, not before', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.grant(6)
    t.clock.advance(1.9 * hourMs)
    expect(t.asked).toHaveLength(1)
    t.clock.advance(0.3 * hourMs)
    expect(t.asked).toHaveLength(2)
    expect(t.asked[1]?.listNo).not.toBe(t.asked[0]?.listNo)
  })
  it('asks once each day between three and five, however long the grant holds', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.grant(240)
    const days: string[] = []
    for (let tenth = 0; tenth < 3 * 144; tenth++) {
      t.clock.advance(hourMs / 6)
      if (t.asked.length === days.length + 1) continue
      days.push(isoOf(t.runtime.nowMs()))
      t.grant(240)
    }
    expect(days).toHaveLength(3)
    expect(days.every((iso) => /T0[345]:/.test(iso))).toBe(true)
  })
  it('a lane without antenna signs in as itself, with no PSAM', () => {
    const t = settingsStore()
    t.keep.laneUp('entry')
    expect(t.asked, 'nothing is signed while the lanes open').toEqual([])
    t.clock.advance(500)
    expect(t.asked).toMatchObject([{ psamTerminal: null, laneId: 'entry', laneType: 'entry' }])
    t.grant(24)
    expect(t.ledger.list.at(-1)).toMatchObject({ kind: 'signIn', body: { psamNo: 'lane entry' } })
    expect(t.runtime.lot.signIns.get('010203040506')).toBeUndefined()
  })
  it('a grant that is over already is none', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.grant(-1)
    expect(t.runtime.lot.signInUntilMs).toBeNull()
    expect(t.runtime.events.since(0).events.at(-1)?.detail).toContain('PSAM-04')
  })
  it('asks once at a time, and not again while the grant holds', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.keep.rsuUp('exit', ['010203040506'])
    expect(t.asked).toHaveLength(1)
    t.grant(24)
    t.keep.rsuUp('exit', ['010203040506'])
    expect(t.asked).toHaveLength(1)
  })
  it('tries again soon, then every five minutes, and says each failure', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    for (let i = 1; i <= 4; i++) {
      t.answer({ kind: 'silence', reason: 'timeout' })
      t.clock.advance(2000)
      expect(t.asked).toHaveLength(i + 1)
    }
    t.answer({ kind: 'refused', reason: 'psamLocked' })
    t.clock.advance(299_000)
    expect(t.asked).toHaveLength(5)
    t.clock.advance(1000)
    expect(t.asked).toHaveLength(6)
    const eventDetails = t.runtime.events.since(0).events.map((event) => event.detail)
    expect(eventDetails.filter((detail) => detail.startsWith('signIn'))).toHaveLength(4)
    expect(eventDetails).toContain('PSAM-02 psamLocked')
  })
  it('loses no grant to a full disk: it asks again', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.ledger.fault = new LaneFault('DATA-02')
    t.grant(24)
    expect(t.runtime.lot.signInUntilMs).toBeNull()
    t.ledger.fault = null
    t.clock.advance(300_000)
    t.grant(24)
    expect(t.runtime.lot.signInUntilMs).not.toBeNull()
  })
  it('ends with its site: a late answer writes nothing', () => {
    const t = settingsStore()
    t.keep.rsuUp('exit', ['010203040506'])
    t.keep.stop()
    const rows = t.ledger.list.length
    t.grant(24)
    t.clock.advance(48 * hourMs)
    expect([t.ledger.list.length, t.asked.length]).toEqual([rows, 1])
  })
})
