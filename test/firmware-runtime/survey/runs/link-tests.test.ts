// Which tests run, by which method, and what is reported when one could not run: over stand-in probes.
// Every resulting body is judged by the rows of table D.1.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { runLinkTests, type LinkTestOptions } from '#survey/runs/link-tests.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { checkedBody } from '#survey/pure/file/body-schema.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import type { Exchange } from '#survey/pure/figures/one-way.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type {
  HttpsProbed,
  HttpsProbeRun,
  LinkProbes,
  Probed,
  ProbeRun,
  RateRun,
  TcpProbeRun,
} from '#survey/ports/link-probes.ts'
import { recordsOf } from '../pure/records.ts'

const host = 'peer.example'
const options: LinkTestOptions = {
  target: null,
  peer: { host, port: 5209 },
  interfaceName: null,
  method: 'auto',
  count: 100,
  everyMs: 200,
  timeoutMs: 2_000,
  clocksWithinMs: null,
  rate: { streams: [4], warmMs: 2_000, runMs: 8_000, bytesMax: 500_000_000, apartMs: 0 },
}

/** Runs until the rows are decided, without a fixed count. */
const whole: LinkTestOptions = {
  ...options,
  count: null,
  everyMs: 1_000,
  rate: {
    streams: [1, 1, 1, 1, 1, 4, 4, 4, 4, 4],
    warmMs: 2_000,
    runMs: 8_000,
    bytesMax: 500_000_000,
    apartMs: 30_000,
  },
}
const quickLook = ['incomplete', 'pass', 'pass', 'pass', 'incomplete', 'incomplete']

const came = ({ count, everyMs }: ProbeRun, ms: number | null): Probed => ({
  latenciesMs: Array.from({ length: count }, () => ms),
  everyMs,
  complaint: ms === null ? 'pingSilent' : '',
})
const refusedPing = {
  latenciesMs: [],
  everyMs: 200,
  complaint: systemText('Operation not permitted'),
}

/** 20 ms each way. */
const exchangeAt = (i: number): Exchange => ({
  t1Us: i * 1_000,
  t2Us: i * 1_000 + 20_000,
  t3Us: i * 1_000 + 20_000,
  t4Us: i * 1_000 + 40_000,
})

/** Probes that all succeed with 20 ms each way, except those that `over` replaces. */
const scene = (over: Partial<LinkProbes> = {}) => {
  const asked: string[] = []
  const runs: (ProbeRun | RateRun)[] = []
  const note = <R extends ProbeRun | RateRun>(what: string, run: R): R => {
    asked.push('count' in run ? `${what} ${run.count}` : what)
    runs.push(run)
    return run
  }
  const good: LinkProbes = {
    stopped: () => false,
    cards: () => [
      { name: 'eth0', address: '192.0.2.7', prefix: 24, loopback: false },
      { name: 'wwan0', address: '2001:db8::7', prefix: 64, loopback: false },
    ],
    lookUp: () => Promise.resolve({ address: '192.0.2.1', lookUpMs: 31.5 }),
    ping: (run) => Promise.resolve(came(run, 40)),
    connectTimes: (run) => Promise.resolve(came(run, 41)),
    httpsTimes: (run) => Promise.resolve({ ...came(run, 95), certificate: '' }),
    stamps: ({ count }) =>
      Promise.resolve({
        exchanges: Array.from({ length: count }, (_, i) => exchangeAt(i)),
        failed: null,
      }),
    udpStamps: ({ count }) => {
      const exchanges = Array.from({ length: count }, (_, i) => exchangeAt(i))
      const arrivals = exchanges.map(({ t1Us, t2Us }) => ({ t1Us, t2Us }))
      return Promise.resolve({ exchanges, arrivals, failed: null, congestion: 'bbr' })
    },
    congestion: () => 'cubic',
    rate: () => Promise.resolve({ bytes: 4_000_000, durationMs: 8_000.3, failed: null }),
  }
  const all = { ...good, ...over }
  const probes: LinkProbes = {
    ...all,
    ping: (run) => all.ping(note('ping', run)),
    connectTimes: (run: TcpProbeRun) => all.connectTimes(note('connect', run)),
    httpsTimes: (run: HttpsProbeRun) => all.httpsTimes(note('https', run)),
    stamps: (run) => all.stamps(note('stamps', run)),
    udpStamps: (run) => all.udpStamps(note('udp', run)),
    rate: (run) => all.rate(note(run.way, run)),
  }
  const time = new VirtualTime()
  // Waiting advances virtual time by itself.
  const mono: MonoClock = {
    nowUs: () => time.nowUs,
    after(delayMs, fn) {
      const cancel = time.clock.after(delayMs, fn)
      queueMicrotask(() => time.runTo(time.nowUs + Math.ceil(delayMs * 1000)))
      return cancel
    },
  }
  const random = { bytes: (count: number) => new Uint8Array(count).fill(128) }
  const { signal } = new AbortController()
  return { asked, runs, ports: { probes, mono, random, signal, step: () => undefined } }
}

const verdicts = (bodies: Awaited<ReturnType<typeof runLinkTests>>['bodies']) => {
  // Exactly what a survey file accepts.
  for (const body of bodies) expect(checkedBody(body)).toEqual(body)
  const survey = projectOf(recordsOf(bodies))
  return surveyItems.slice(6, 12).map((item) => item.judge(survey).verdict)
}

describe('link tests', () => {
  it('measure all of rows 7 to 12, the look-up apart', async () => {
    const { asked, ports } = scene()
    const { bodies, faults, offsetMs } = await runLinkTests(options, ports)
    expect(asked).toEqual(['ping 4', 'ping 100', 'udp 100', 'stamps 100', 'up', 'down'])
    expect(faults).toEqual([])
    expect(offsetMs).toBe(0)
    // A quick look (a hundred probes, one run each way) decides only some rows.
    expect(verdicts(bodies)).toEqual(quickLook)
    expect(bodies[0]).toMatchObject({ method: 'icmp', lookUpMs: 31.5, everyMs: 200 })
    expect(bodies[0]).toMatchObject({ peer: 'peer.example:5209', clockErrorMs: null })
    // Half of the smallest round trip, plus the drift of two crystals over a tenth of a second.
    const udp = { method: 'udp', clockErrorMs: 20.01, gaps: 'exponential', planned: 100 }
    const tcp = { method: 'stamped', clockErrorMs: 20 }
    expect(bodies.slice(1, 5)).toMatchObject([
      { way: 'up', ...udp },
      { way: 'down', ...udp },
      { way: 'up', ...tcp },
      { way: 'down', ...tcp },
    ])
    expect(bodies[5]).toMatchObject({ way: 'up', congestion: 'cubic' })
    const down = { way: 'down', bytes: 4_000_000, durationMs: 8_000, congestion: 'bbr' }
    expect(bodies[6]).toMatchObject(down)
  })

  it('go on until rows 7 to 12 are decided, one probe a second, runs half a minute apart', async () => {
    const { asked, runs, ports } = scene()
    const { bodies, faults } = await runLinkTests(whole, ports)
    expect(faults).toEqual([])
    expect(verdicts(bodies)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass', 'pass'])
    const sent = asked.filter((one) => one === 'ping 1').length
    // 836 probes without a loss: 418 independent ones, as their correlation is not known yet.
    expect(sent).toBeGreaterThanOrEqual(836)
    expect(sent).toBeLessThan(860)
    expect(bodies[0]).toMatchObject({ gaps: 'exponential', everyMs: 1_000, planned: 3_000 })
    expect(runs.filter((run) => 'way' in run)).toHaveLength(20)
    const rates = bodies.filter((body) => body.kind === 'rate')
    expect(new Set(rates.map(({ series }) => series)).size).toBe(1)
    for (const way of ['up', 'down'] as const) {
      const own = rates.filter((rate) => rate.way === way)
      expect(own.map(({ streams }) => streams)).toEqual([1, 1, 1, 1, 1, 4, 4, 4, 4, 4])
      expect(own[0]).not.toHaveProperty('apartMs')
      for (const { apartMs } of own.slice(1)) expect(apartMs).toBeGreaterThanOrEqual(30_000)
    }
  })

  it('stop soon on a link that loses one in five, and after 3,000 on one nobody can judge', async () => {
    const lossy = (each: number) => {
      let at = 0
      return scene({
        ping: (run) => Promise.resolve(came(run, run.count === 1 && ++at % each === 0 ? null : 40)),
      })
    }
    const alone = { ...whole, peer: null, target: whole.peer }
    const bad = lossy(5)
    expect(verdicts((await runLinkTests(alone, bad.ports)).bodies)[0]).toBe('fail')
    expect(bad.asked.length).toBeLessThan(250)
    const middling = lossy(100)
    expect(verdicts((await runLinkTests(alone, middling.ports)).bodies)[0]).toBe('marginal')
    expect(middling.asked).toHaveLength(3_001)
  })

  it('ask a thousand packets where two hundred decide nothing, and no third time', async () => {
    const probeCalls: number[] = []
    const { ports } = scene({
      udpStamps: ({ count, more }) => {
        const late = (i: number): Exchange => {
          const one = exchangeAt(i)
          return i % 20 === 0
            ? {
                ...one,
                t2Us: one.t2Us + 400_000,
                t3Us: one.t3Us + 400_000,
                t4Us: one.t4Us + 400_000,
              }
            : one
        }
        const seen = (length: number) => {
          const exchanges = Array.from({ length }, (_, i) => late(i))
          return { exchanges, arrivals: exchanges.map(({ t1Us, t2Us }) => ({ t1Us, t2Us })) }
        }
        const next = more(seen(count))
        probeCalls.push(count, next, more(seen(next)))
        return Promise.resolve({ ...seen(next), failed: null, congestion: null })
      },
    })
    const { bodies } = await runLinkTests({ ...whole, rate: null }, ports)
    expect(probeCalls).toEqual([200, 1_000, 1_000])
    expect(verdicts(bodies).slice(2, 4)).toEqual(['marginal', 'pass'])
  })

  it('count a packet that never arrived as lost up, and not as one lost down', async () => {
    const { ports } = scene({
      udpStamps: () => {
        const [a, b, c] = [exchangeAt(0), exchangeAt(1), exchangeAt(2)]
        const arrivals = [a, null, { t1Us: c.t1Us, t2Us: c.t2Us }]
        const exchanges = [a, null, null]
        expect(b).toBeDefined()
        return Promise.resolve({ exchanges, arrivals, failed: null, congestion: null })
      },
    })
    const { bodies } = await runLinkTests({ ...options, rate: null }, ports)
    expect(bodies[1]).toMatchObject({ way: 'up', latenciesMs: [20, null, 20] })
    expect(bodies[2]).toMatchObject({ way: 'down', latenciesMs: [20, null] })
  })

  it.each([
    ['ICMP is not allowed', { ping: () => Promise.resolve(refusedPing) }],
    ['only TCP is answered', { ping: (run: ProbeRun) => Promise.resolve(came(run, null)) }],
  ])('go by TCP where %s, and say so', async (_, over) => {
    const { asked, ports } = scene(over)
    const { bodies, icmpComplaint } = await runLinkTests(options, ports)
    expect(asked.slice(0, 3)).toEqual(['ping 4', 'connect 4', 'connect 100'])
    expect(bodies[0]).toMatchObject({ way: 'ping', method: 'tcp' })
    expect(icmpComplaint).not.toBe('')
  })

  describe('of a host named https://', () => {
    const target = { host, port: 443, https: true }
    const alone = { ...options, peer: null, target }
    const closed = { ping: () => Promise.resolve(refusedPing) }
    const problem = (run: HttpsProbeRun): Promise<HttpsProbed> =>
      Promise.resolve({ ...came(run, run.strict ? null : 95), certificate: 'CERT_HAS_EXPIRED' })

    it('go by HTTPS where ICMP is closed, and by ICMP where it is not', async () => {
      const { asked, runs, ports } = scene(closed)
      const { bodies, faults } = await runLinkTests(alone, ports)
      expect(asked).toEqual(['ping 4', 'https 4', 'https 100'])
      expect(runs.at(-1)).toMatchObject({ host, port: 443, strict: false, ca: null })
      expect(bodies).toMatchObject([{ way: 'ping', method: 'https', peer: 'peer.example:443' }])
      expect(bodies[0]).not.toHaveProperty('certificate')
      expect(faults).toEqual([])
      expect(verdicts(bodies).slice(0, 2)).toEqual(['incomplete', 'pass'])
      const open = scene()
      expect((await runLinkTests(alone, open.ports)).bodies).toMatchObject([{ method: 'icmp' }])
    })

    it('name a certificate with a problem beside the times, and stop for it only where asked', async () => {
      for (const method of ['auto', 'https'] as const) {
        const { ports } = scene({ ...closed, httpsTimes: problem })
        const result = await runLinkTests({ ...alone, method }, ports)
        expect(result.bodies).toMatchObject([{ method: 'https', certificate: 'CERT_HAS_EXPIRED' }])
        expect([result.faults, verdicts(result.bodies)[1]]).toEqual([[], 'pass'])
        const https = { ca: null, strict: true }
        const strict = await runLinkTests({ ...alone, method, https }, ports)
        expect(strict.bodies).toEqual([])
        const [fault] = strict.faults
        expect([fault?.code, fault?.detail]).toEqual([
          'NET-09',
          { value: 'peer.example:443', note: 'CERT_HAS_EXPIRED' },
        ])
      }
    })
  })

  it('stay with ICMP where nothing at all goes through: that is loss, not a closed way', async () => {
    const none = (run: ProbeRun): Promise<Probed> => Promise.resolve(came(run, null))
    const { ports } = scene({ ping: none, connectTimes: none })
    const { bodies } = await runLinkTests({ ...options, peer: null, target: options.peer }, ports)
    expect(bodies).toMatchObject([{ method: 'icmp' }])
    expect(verdicts(bodies)[0]).toBe('fail')
  })

  it('have nothing instead of ICMP without a port', async () => {
    const { ports } = scene({ ping: () => Promise.resolve(refusedPing) })
    const target = { host, port: null }
    for (const method of ['auto', 'tcp', 'icmp'] as const) {
      const { bodies, faults } = await runLinkTests(
        { ...options, peer: null, target, method },
        ports,
      )
      expect(bodies).toEqual([])
      expect(faults.map(({ code }) => code)).toEqual(['NET-06'])
    }
  })

  it('never halve a round trip: without a peer rows 9 to 12 stay open', async () => {
    const { asked, ports } = scene()
    const { bodies } = await runLinkTests({ ...options, peer: null, target: options.peer }, ports)
    expect(asked).toEqual(['ping 4', 'ping 100'])
    expect(bodies.map((body) => body.way)).toEqual(['ping'])
    const [loss, ping, ...rest] = verdicts(bodies)
    expect([loss, ping]).toEqual(['incomplete', 'pass'])
    expect(rest).toEqual(['incomplete', 'incomplete', 'incomplete', 'incomplete'])
  })

  it.each([
    ['noPeer', 'NET-03', false],
    ['refused', 'NET-04', true],
    ['impossible', 'NET-05', true],
    ['brokeOff', 'NET-07', true],
  ] as const)('say %s as %s', async (why, code, goesOn) => {
    const failed = { why, note: systemText('so it was') }
    const ended = { exchanges: [null], failed }
    const { asked, ports } = scene({
      stamps: () => Promise.resolve(ended),
      udpStamps: () => Promise.resolve({ ...ended, arrivals: [null], congestion: null }),
    })
    const { bodies, faults } = await runLinkTests(options, ports)
    expect(faults.map((fault) => fault.code)).toEqual([code])
    expect(bodies.filter((body) => body.kind === 'link').map(({ way }) => way)).toEqual(['ping'])
    expect(asked.includes('up')).toBe(goesOn)
  })

  it('keep what came before a connection broke off, and no rate that broke off', async () => {
    const failed = { why: 'brokeOff', note: 'closed' } as const
    const one = { t1Us: 0, t2Us: 20_000, t3Us: 20_000, t4Us: 40_000 }
    const { ports } = scene({
      stamps: () => Promise.resolve({ exchanges: [one, null], failed }),
      udpStamps: () => Promise.resolve({ exchanges: [], arrivals: [], failed, congestion: null }),
      rate: () => Promise.resolve({ bytes: 5, durationMs: 5, failed }),
    })
    const { bodies, faults } = await runLinkTests(options, ports)
    expect(bodies.map(({ kind, way }) => `${kind} ${way}`)).toEqual([
      'link ping',
      'link up',
      'link down',
    ])
    expect(bodies[1]).toMatchObject({ latenciesMs: [20, null] })
    expect(faults.map(({ code }) => code)).toEqual(['NET-07'])
  })

  it('believe nothing of a peer that stamped what cannot be', async () => {
    const failed = { why: 'impossible', note: 'noLines' } as const
    const one = { t1Us: 0, t2Us: 20_000, t3Us: 20_000, t4Us: 40_000 }
    const { ports } = scene({
      stamps: () => Promise.resolve({ exchanges: [one], failed }),
      udpStamps: () =>
        Promise.resolve({ exchanges: [one], arrivals: [one], failed, congestion: null }),
    })
    const { bodies } = await runLinkTests({ ...options, rate: null }, ports)
    expect(bodies.map(({ way }) => way)).toEqual(['ping'])
  })

  it('record no one-way time where the clocks are not what was said', async () => {
    const far = { t1Us: 0, t2Us: 5_020_000, t3Us: 5_020_000, t4Us: 40_000 }
    const seen = { exchanges: [far], failed: null }
    const { ports } = scene({
      stamps: () => Promise.resolve(seen),
      udpStamps: () => Promise.resolve({ ...seen, arrivals: [far], congestion: null }),
    })
    const kept = await runLinkTests({ ...options, clocksWithinMs: 10, rate: null }, ports)
    expect(kept.faults.map(({ code }) => code)).toEqual(['NET-05'])
    expect(kept.bodies.map(({ way }) => way)).toEqual(['ping'])
    const compared = await runLinkTests({ ...options, rate: null }, ports)
    expect(compared).toMatchObject({ faults: [], offsetMs: 5_000 })
  })

  it('go over the card that was named, with an address of the same kind', async () => {
    const { runs, ports } = scene()
    const { bodies } = await runLinkTests({ ...options, interfaceName: 'eth0' }, ports)
    expect(runs.every(({ card }) => card?.address === '192.0.2.7')).toBe(true)
    expect(bodies.every(({ interfaceName }) => interfaceName === 'eth0')).toBe(true)
    for (const interfaceName of ['wwan0', 'eth9'])
      await expect(runLinkTests({ ...options, interfaceName }, ports)).rejects.toMatchObject({
        code: 'NET-01',
      })
  })

  it('begin nothing more once they are stopped', async () => {
    let isOver = false
    const { asked, ports } = scene({
      stopped: () => isOver,
      ping: (run) => {
        isOver = run.count > 4
        return Promise.resolve(came(run, 40))
      },
    })
    await runLinkTests(options, ports)
    expect(asked).toEqual(['ping 4', 'ping 100'])
  })
})
