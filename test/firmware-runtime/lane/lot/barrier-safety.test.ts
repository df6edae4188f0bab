// What no barrier of any kind may do: move while disarmed, derive its position from a timer, or close on an unknown loop.
// Also its test by hand, which any event ends and which closes the boom on nobody.
import { describe, expect, it } from 'vitest'
import { barrierKinds, KindBench, type KindName } from './barrier-kinds.ts'

const kinds = Object.keys(barrierKinds) as KindName[]
const hasStop = (kind: KindName): boolean => kind !== 'gate on a camera'

describe.each(kinds)('%s', (name) => {
  it('unknown counts as occupied: no close, however long, and none when it was not asked anew', () => {
    const bench = new KindBench(name)
    bench.kind.command({ do: 'open', passId: 'p1' })
    bench.run(4_000)
    bench.kind.loops(true)
    bench.run(800)
    bench.kind.silence()
    bench.kind.loops(false)
    bench.run(120_000)
    expect(bench.kind.state()).toMatchObject({ closePulses: 0, closesOnPresence: 0 })
    expect([bench.lane.position, bench.lane.under]).toEqual(['unknown', 'unknown'])
  })
  it('the position comes from inputs: a boom that does not move is never open', () => {
    const bench = new KindBench(name)
    bench.kind.jam()
    bench.kind.command({ do: 'open', passId: 'p1' })
    bench.run(120_000)
    expect(bench.positions()).not.toContain('open')
    expect(bench.kind.state()).toMatchObject({ position: 'closed' })
  })
  it('the position comes from inputs: what does not answer is nowhere', () => {
    const bench = new KindBench(name).whole('open')
    expect(bench.lane.position).toBe('open')
    bench.kind.silence()
    bench.kind.command({ do: 'close' })
    bench.run(120_000)
    expect(bench.lane.position).toBe('unknown')
    expect(bench.positions().filter((one) => one === 'closed')).toHaveLength(1)
  })
  it('disarmed it moves for a hand alone, and never down', () => {
    const bench = new KindBench(name)
    bench.kind.command({ do: 'disarm' })
    bench.kind.command({ do: 'open', passId: 'p1' })
    bench.run(5_000)
    expect(bench.kind.state()).toMatchObject({ openPulses: 0, closePulses: 0 })
    bench.whole('open')
    bench.kind.command({ do: 'close' })
    bench.run(60_000)
    expect(bench.kind.state()).toMatchObject({ openPulses: 1, closePulses: 0, position: 'open' })
    bench.kind.command({ do: 'arm' })
    bench.run(60_000)
    expect(bench.kind.state()).toMatchObject({ closePulses: 0 })
  })
  it('a test opens and closes an empty lane by its inputs, and leaves no pass behind', () => {
    const bench = new KindBench(name).whole('open')
    expect(bench.last).toMatchObject({ end: 'done', position: 'open' })
    bench.run(60_000)
    expect(bench.kind.state()).toMatchObject({ position: 'open', closePulses: 0 })
    bench.whole('close')
    expect(bench.last).toMatchObject({ end: 'done', position: 'closed' })
    expect(bench.driven).toEqual(['lift', 'close'])
    expect(bench.lane.name).toBe('idle')
  })
  it('a test is refused with somebody in the lane, and where nobody knows', () => {
    const bench = new KindBench(name)
    bench.kind.loops(true)
    bench.run(1_000)
    expect(bench.refused('open')).toBe('TEST-01 arrive off, under on')
    bench.kind.loops(false)
    bench.run(1_000)
    bench.kind.silence()
    bench.run(100)
    const silent = bench.run(3_000).refused('close')
    expect(silent).toMatch(/^TEST-0[12] /)
    expect(bench.driven).toEqual([])
  })
  it('a key stops a boom on its way, and nothing moves it afterwards', () => {
    const bench = new KindBench(name)
    const id = bench.begin('open')
    bench.run(700, id)
    expect(bench.lane.position).toBe('opening')
    bench.tests.stopTest('exit')
    bench.run(60_000)
    expect(bench.last).toMatchObject({ end: 'stopped' })
    expect(bench.driven).toEqual(['lift', 'stop'])
    // A gate that cannot stop continues to open, never to close.
    expect(bench.kind.state()).toMatchObject({
      closePulses: 0,
      position: hasStop(name) ? 'stopped' : 'open',
    })
  })
  it('a key while it comes down: it stops, or turns where it cannot stop', () => {
    const bench = new KindBench(name).whole('open')
    bench.comingDown()
    expect(bench.lane.position).toBe('closing')
    bench.tests.stopTest('exit')
    bench.run(60_000)
    expect(bench.kind.state()).toMatchObject({
      position: hasStop(name) ? 'stopped' : 'open',
      closesOnPresence: 0,
    })
  })
  it('nobody watches any more: it is stopped within two seconds', () => {
    const bench = new KindBench(name)
    bench.kind.jam()
    bench.run(1_000, bench.begin('open'))
    bench.run(2_000)
    expect(bench.last).toMatchObject({ end: 'silent' })
    expect(bench.driven).toEqual(['lift', 'stop'])
  })
  it('somebody steps under it: up at once, and it stays up when he is gone', () => {
    const bench = new KindBench(name).whole('open')
    const id = bench.comingDown()
    expect(bench.lane.position).toBe('closing')
    bench.kind.loops(true)
    bench.run(4_000, id)
    expect(bench.last).toMatchObject({ end: 'occupied' })
    bench.tests.stopTest('exit')
    bench.kind.loops(false)
    bench.run(60_000)
    expect(bench.kind.state()).toMatchObject({ position: 'open', closesOnPresence: 0 })
    expect(bench.driven).not.toContain('stop')
  })
  it('its inputs go silent on the way down: up, and known to be nowhere', () => {
    const bench = new KindBench(name).whole('open')
    const id = bench.comingDown()
    const before = Number(bench.kind.state()['openPulses'])
    bench.kind.silence()
    bench.run(20_000, id)
    expect(bench.last?.end).toMatch(/^(notKnown|deviceDown)$/)
    expect(bench.lane.position).toBe('unknown')
    expect(bench.kind.state()).toMatchObject({ closesOnPresence: 0 })
    expect(Number(bench.kind.state()['openPulses'])).toBeGreaterThanOrEqual(before)
  })
  it('begin and end of every test are in the audit trail of the person', () => {
    const bench = new KindBench(name).whole('open')
    const acts = bench.lot.ledger.list.flatMap((row) => (row.kind === 'audit' ? [row.body] : []))
    expect(acts).toMatchObject([{ act: 'test.over open done', by: '装机员', result: 'done' }])
  })
})
