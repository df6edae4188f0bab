// What a gate on a camera must never do, and what it must do in spite of its camera.
// The boom's model counts closings on a car; the camera's counts logins.
import { describe, expect, it } from 'vitest'
import { GateBench } from './bench.ts'

const state = (bench: GateBench): Record<string, unknown> => bench.model.state()
const downs = (bench: GateBench): string[] =>
  bench.events.flatMap((event) => (event.type === 'gateDown' ? [event.reason] : []))

describe('who may open', () => {
  it.each(['0', '2', '', '11'])('a camera with ctrlMod %o is not used', (ctrlMod) => {
    const bench = new GateBench()
    bench.model.ctrlMod = ctrlMod
    bench.ready()
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(30_000)
    expect(bench.up).toBe(false)
    expect(bench.drives).toBe(0)
    expect(downs(bench)).toContain('opensByItself')
  })

  it('a model that does not tell it is not used', () => {
    const bench = new GateBench()
    bench.model.ctrlMod = null
    bench.ready()
    expect(bench.up).toBe(false)
  })

  it('is asked again while the gate works: a camera that was set otherwise goes out of use', () => {
    const bench = new GateBench().ready()
    bench.passage('p1')
    bench.model.ctrlMod = '2'
    bench.run(70_000)
    expect(bench.up).toBe(false)
    const before = bench.drives
    bench.device.command({ do: 'open', passId: 'p2' })
    bench.run(20_000)
    expect(bench.drives).toBe(before)
    bench.model.ctrlMod = '1'
    bench.run(130_000)
    expect(bench.up).toBe(true)
  })
})

describe('OK means accepted, not moved', () => {
  it('a boom that stays down is not open, and is told after twice its time', () => {
    const bench = new GateBench().ready()
    bench.model.faults.add({ at: 'boom', do: 'drop', times: 0 })
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(14_000)
    expect(bench.events).not.toContainEqual({ type: 'position', position: 'open' })
    expect(bench.events).toContainEqual({ type: 'barrierFault', fault: 'openTimeout' })
  })

  it('a position comes from inputs alone: without them it stays unknown, and nothing is closed', () => {
    const bench = new GateBench({ limitOpen: null, limitClosed: null }).ready()
    bench.passage('p1')
    bench.run(30_000)
    expect(bench.position()).toBe('unknown')
    expect(state(bench)).toMatchObject({ opens: 1, closePulses: 0 })
    expect(bench.of('passed')).toHaveLength(1)
  })
})

describe('what is not known counts as occupied', () => {
  const open = (): GateBench => {
    const bench = new GateBench().ready()
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(3_000)
    bench.loops(true)
    bench.run(800)
    return bench
  }

  it.each([
    ['status 503', { do: 'status', status: 503 }],
    ['an answer that says nothing', { do: 'forge' }],
    ['a connection that breaks', { do: 'drop' }],
  ])('inputs answered with %s close nothing', (_name, fault) => {
    const bench = open()
    bench.model.faults.add({ at: 'inputs', when: 'before', times: 0, ...fault })
    bench.loops(false)
    bench.run(20_000)
    expect(state(bench)).toMatchObject({ closePulses: 0, closesOnPresence: 0 })
  })

  it('a car under a boom on its way down sends it up again', () => {
    const bench = open()
    bench.loops(false)
    bench.run(2_000)
    expect(state(bench)).toMatchObject({ position: 'closing' })
    bench.loops(true)
    bench.run(4_000)
    expect(state(bench)).toMatchObject({ position: 'open', closesOnPresence: 0 })
  })

  it('inputs that are refused while it comes down send it up again', () => {
    const bench = open()
    bench.loops(false)
    bench.run(2_000)
    bench.model.faults.add({ at: 'inputs', do: 'status', status: 503, times: 0 })
    bench.run(4_000)
    expect(state(bench)).toMatchObject({ position: 'open' })
  })
})

describe('a command whose answer is lost', () => {
  it.each(['before', 'after'])('opens once, and not twice for one pass (%s its effect)', (when) => {
    const bench = new GateBench().ready()
    bench.model.faults.add({ at: 'drive', when, do: 'drop' })
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(8_000)
    expect(state(bench)).toMatchObject({ opens: 1, position: 'open' })
    expect(bench.up).toBe(true)
  })

  it('an open that came while the camera was gone is carried out when it is back', () => {
    const bench = new GateBench().ready()
    bench.network.unplug()
    bench.run(1_000)
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(1_000)
    bench.connect()
    bench.run(8_000)
    expect(state(bench)).toMatchObject({ opens: 1, position: 'open' })
  })

  it('a close that came while the camera was gone is forgotten', () => {
    const bench = new GateBench().ready()
    bench.device.command({ do: 'open', passId: 'p1' })
    bench.run(4_000)
    bench.network.unplug()
    bench.run(1_000)
    bench.device.command({ do: 'close' })
    bench.connect()
    bench.run(20_000)
    expect(state(bench)).toMatchObject({ closePulses: 0, position: 'open' })
  })
})

describe('the account', () => {
  it('a wrong password is proved once, and never again until it is another', () => {
    const bench = new GateBench()
    bench.password = 'wrong'
    bench.ready()
    bench.run(3_600_000)
    expect(state(bench)).toMatchObject({ failedLogins: 1 })
    expect(downs(bench)).toEqual(['credentials'])
    bench.password = 'Simulated1'
    bench.device.credentialsChanged()
    bench.run(6_000)
    expect(bench.up).toBe(true)
    bench.passage('p1')
    expect(bench.of('passed')).toHaveLength(1)
  })

  it('a nonce that ran out costs one exchange and no failed login', () => {
    const bench = new GateBench().ready()
    bench.model.protocol.forget()
    bench.passage('p1')
    expect(bench.of('passed')).toHaveLength(1)
    expect(state(bench)).toMatchObject({ failedLogins: 0 })
    expect(downs(bench)).toEqual([])
  })
})

it('a stop has no contact here: a boom on its way down is sent up', () => {
  const bench = new GateBench().ready()
  bench.passage('p1')
  bench.device.command({ do: 'open', passId: 'p2' })
  bench.run(3_000)
  bench.loops(true)
  bench.run(800)
  bench.loops(false)
  bench.run(2_000)
  expect(state(bench)).toMatchObject({ position: 'closing' })
  bench.device.command({ do: 'stop' })
  bench.run(4_000)
  expect(state(bench)).toMatchObject({ position: 'open' })
})
