// An antenna whose heartbeat is overdue is queried with C0 within its own interval, searching or not, also one that does
// not answer the switch or answers it with its status. Against the model of the antenna, in virtual time.
import { describe, expect, it } from 'vitest'
import { limits } from '#devices/pure/rsu/driver-state.ts'
import { rsuVariants } from '#simulators/rsu/dialect.ts'
import { Bench } from './driver-bench.ts'
import { Site } from './simulator-site.ts'

interface Ways {
  readonly heartbeatMs: number
  readonly answer: 'ack' | 'B0' | 'none'
  readonly searching: boolean
}

/** Up and received for two minutes, without a car at the antenna. */
function watchedSite(
  id: (typeof rsuVariants)[number],
  { heartbeatMs, answer, searching }: Ways,
): Site {
  const site = new Site(id)
  Object.assign(site.model.knobs, { heartbeatMs, antennaAnswer: answer })
  site.model.planHeartbeat()
  site.feed({ type: 'linkUp' })
  site.run(3500)
  if (searching) site.feed({ type: 'command', command: { do: 'search', on: true } })
  return site.run(120_000 + 777)
}

/** Ms from the start of the silence to "down"; null when nothing is reported for three minutes. */
function reportedAfterMs(site: Site): number | null {
  site.model.act({ do: 'silence', ms: 600_000, bits: 0, status: 0 }, site.nowUs)
  const fromUs = site.nowUs
  for (let ms = 0; ms < 190_000; ms += 100)
    if (site.run(100).told.includes('rsuDown')) return (site.nowUs - fromUs) / 1000
  return null
}

const c0Count = (site: Site): number => site.said.filter((code) => code === 'C0').length

const ways = [5_000, 10_000, 20_000].flatMap((heartbeatMs) =>
  (['none', 'B0'] as const).flatMap((answer) =>
    [true, false].map((searching) => ({ heartbeatMs, answer, searching })),
  ),
)

describe.each(rsuVariants)('%s', (id) => {
  it.each(ways)(
    'heartbeat of $heartbeatMs ms, switch answered by $answer, searching $searching: told in time',
    (way) => {
      const site = watchedSite(id, way)
      expect(site.told).toEqual(['rsuUp'])
      const intervalMs = limits.beatMs.find((ms) => ms >= way.heartbeatMs) ?? 0
      const reportedMs = reportedAfterMs(site)
      expect(reportedMs).toBeLessThanOrEqual(intervalMs + limits.beatAsks * limits.c0WaitMs + 200)
    },
  )

  it.each(ways)('$heartbeatMs ms, $answer, $searching: no C0 while its heartbeat comes', (way) => {
    const site = watchedSite(id, way)
    const c0 = c0Count(site)
    site.run(3_600_000)
    expect(site.told).toEqual(['rsuUp'])
    expect(c0Count(site)).toBe(c0)
  })

  it('is asked once and believed where it only says its heartbeat less often now', () => {
    const site = watchedSite(id, { heartbeatMs: 5_000, answer: 'none', searching: true })
    const c0 = c0Count(site)
    Object.assign(site.model.knobs, { heartbeatMs: 20_000 })
    site.run(600_000)
    expect(site.told).toEqual(['rsuUp'])
    expect(c0Count(site)).toBe(c0 + 1)
    // After that C0 it searches again.
    site.hear(site.model.addCar(site.arriving, site.nowUs).outputs)
    expect(site.run(2_000).settled).toMatchObject({ paid: true })
  })
})

describe('an interval', () => {
  it('is not learned from heartbeats in the second of a switch, nor from one behind another word', () => {
    const rsu = new Bench('generic-bcc').ready()
    for (let n = 0; n < 4; n++) {
      rsu.tell({ do: 'search', on: true })
      rsu.heartbeat()
    }
    expect(rsu.state.beat).toMatchObject({ inRow: 0, whole: false })
    for (let n = 0; n < 4; n++) {
      rsu.heartbeat()
      rsu.receive(rsu.v.framing.encode(rsu.nextSeq(), new Uint8Array(0)))
      rsu.fire('beat')
    }
    expect(rsu.state.beat).toMatchObject({ step: 0, inRow: 0 })
    for (let n = 0; n < 4; n++) rsu.heartbeat()
    expect(rsu.state.beat).toMatchObject({ step: 0, inRow: 3 })
    expect(rsu.timers.get('beat')).toBe(limits.beatMs[0])
  })
  it('is asked for when a debit is over, not in the middle of it', () => {
    const rsu = new Bench('generic-bcc').ready()
    for (let n = 0; n < 4; n++) rsu.heartbeat()
    rsu.readCard()
    rsu.debit()
    for (let n = 0; n < 3; n++) expect(rsu.fire('beat')).toEqual([])
    rsu.fire('b5')
    rsu.repeatsOver()
    expect(rsu.fire('beat')).toEqual(['>C0'])
  })
})
