// Writing two settings to an antenna, with request or answer cut at every byte, for each variant on each link: the device
// has both old or both new values, and the store reports which.
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { rsuDevice, type RsuHandle } from '#devices/desk/lane/rsu-device.ts'
import type { TrialEnd } from '#devices/pure/configure/trial.ts'
import { present } from '#base/pure/values/must.ts'
import { rsuVariants, type RsuVariant } from '#simulators/rsu/dialect.ts'
import { createRsuModel, type RsuOutput } from '#simulators/rsu/model.ts'
import { library } from '../../profiles/shipped.ts'
import { MemoryStore } from '../../settings/settings-bench.ts'
import { VirtualLink } from '../../pure/contract/virtual-link.ts'
import { bareExit } from '../../../../kit/bare-lot.ts'

type LinkKind = 'tcp' | 'serial'
/** What is cut: the write or its answer, and whether the link ends with it. */
interface Cut {
  readonly of: 'write' | 'answer'
  readonly at: number
  readonly ends: boolean
}

const [upMs, trialMs, startMs] = [15_000, 60_000, 1_795_156_200_000]
const [oldPower, newPower, newChannel] = [8, 12, 1]
const never = (fault: Error): never => {
  throw fault
}

class CutBench {
  readonly model
  readonly link: VirtualLink<RsuOutput>
  handle: RsuHandle
  readonly ends: TrialEnd[] = []
  /** The device's power and channel, once per change. */
  readonly radios: string[] = []
  /** Lengths of the write and of its answer when neither was cut. */
  readonly bytes = { write: 0, answer: 0 }
  private readonly url: string
  private readonly store = new MemoryStore()
  private cut: Cut | null = null
  private watching: 'write' | 'answer' | null = null

  constructor(variant: RsuVariant, link: LinkKind) {
    const model = createRsuModel({ variant, timing: 'standard', seed: 5 })
    this.model = model
    this.link = new VirtualLink<RsuOutput>(
      {
        onBytes: (bytes, atUs) => this.heard(bytes, atUs),
        advance: (atUs) => this.said(model.advance(atUs)),
        nextDueUs: () => model.nextDueUs(),
        linkDown: () => model.linkDown(),
      },
      { serial: link === 'serial' },
    )
    const place = link === 'serial' ? 'serial:/dev/bench?baud=115200&' : 'tcp://bench:60001?'
    this.url = `${place}variant=${variant}&power=${oldPower}`
    this.handle = this.device()
    this.settingsStore.start()
    this.link.connect()
    this.handle.open()
    this.run(upMs)
  }

  /** The device as the product makes it; only the store survives a power cut. */
  private device(): RsuHandle {
    const { clock } = this.link.time
    return rsuDevice(
      { ...bareExit, rsu: this.url },
      {
        opener: this.link.opener(),
        mono: clock,
        business: { nowMs: () => startMs + Math.floor(clock.nowUs() / 1000) },
        timing: 'standard',
        profiles: {
          find: (kind, name) => {
            const checked = library.profiles.get(`${kind}/${name}`)
            return checked === undefined
              ? { ok: false, there: false, note: name }
              : { ok: true, checked }
          },
        },
      },
      () => undefined,
      () => undefined,
      {
        site: 'cut',
        asks: false,
        store: () => this.store,
        ended: (_lane, _store, end) => void this.ends.push(end),
        tuneStore: () => ({ load: () => null, save: () => undefined }),
        tuned: () => undefined,
        failed: (_lane, fault) => never(fault),
      },
    )
  }

  /** Our side stops: no timer, nothing sent to the device. */
  dies(): void {
    this.settingsStore.stop()
    this.handle.close()
    this.link.disconnect()
  }

  startsAgain(): void {
    this.handle = this.device()
    this.settingsStore.start()
    this.link.connect()
    this.handle.open()
  }

  reboot(ms: number): void {
    const action = { do: 'reboot', ms, bits: 0, status: 0 }
    this.link.put(this.model.act(action, this.link.time.nowUs))
  }

  get settingsStore() {
    return present(this.handle.settings, 'a device on a link has settings')
  }

  get radio(): string {
    const { powerStep, channel } = this.model.state()
    return `power ${String(powerStep)}, channel ${String(channel)}`
  }

  run(forMs: number): void {
    this.link.run(forMs)
    this.saw()
  }

  private saw(): void {
    if (this.radios.at(-1) !== this.radio) this.radios.push(this.radio)
  }

  /** The first bytes after an act are its write, as nothing else is pending. */
  private next(cut: Cut | null): void {
    this.watching = 'write'
    this.cut = cut
  }

  takeBack(cut: Cut): void {
    this.next(cut)
    this.settingsStore.takeBack('装机员')
  }

  apply(cut: Cut | null): void {
    this.next(cut)
    this.settingsStore.apply(randomUUID(), {
      wanted: { powerStep: newPower, channel: newChannel },
      by: '装机员',
      reason: '剪断',
      forMs: trialMs,
      evenUnlawful: false,
      photo: null,
    })
  }

  private heard(bytes: Uint8Array, atUs: number): readonly RsuOutput[] {
    if (this.watching !== 'write') return this.said(this.model.onBytes(bytes, atUs))
    this.bytes.write = bytes.length
    if (this.cut?.of !== 'write') {
      this.watching = 'answer'
      return this.said(this.model.onBytes(bytes, atUs))
    }
    this.watching = null
    const outputs = this.model.onBytes(bytes.slice(0, this.cut.at), atUs)
    if (this.cut.ends) this.endLink()
    return outputs
  }

  private said(outputs: readonly RsuOutput[]): readonly RsuOutput[] {
    this.saw()
    if (this.watching !== 'answer') return outputs
    return outputs.map((output) => {
      if (output.do !== 'send' || output.name !== 'B0') return output
      this.watching = null
      this.bytes.answer = output.bytes.length
      const { cut } = this
      if (cut?.of !== 'answer') return output
      // The cut bytes arrive first; then the link ends.
      if (cut.ends) this.link.time.clock.after(1, () => this.endLink())
      return { ...output, bytes: output.bytes.slice(0, cut.at) }
    })
  }

  endLink(forMs = 500): void {
    this.link.disconnect()
    this.link.time.clock.after(forMs, () => this.link.connect())
  }
}

const cuts = [
  ['write', true],
  ['write', false],
  ['answer', true],
  ['answer', false],
] as const
const links = ['tcp', 'serial'] as const
const rows = rsuVariants.flatMap((variant) => links.map((link) => ({ variant, link })))

/** Lengths of the write and its answer without a cut, and the device's values before and during it. */
function whole(variant: RsuVariant, link: LinkKind) {
  const bench = new CutBench(variant, link)
  const before = bench.radio
  bench.apply(null)
  bench.run(2_000)
  const under = bench.radio
  expect(bench.settingsStore.state.trial?.phase).toBe('running')
  bench.run(trialMs + upMs)
  expect([bench.ends, bench.radio]).toEqual([['timeUp'], before])
  return { before, under, ...bench.bytes }
}

describe.each(rows)('$variant over $link', ({ variant, link }) => {
  it('uncut: both are new, and both are old when no car came', () => {
    const { before, under, write, answer } = whole(variant, link)
    expect(before).toMatch(/^power 8, channel \d$/)
    expect(under).toMatch(/^power 12, channel \d$/)
    expect(under.at(-1)).not.toBe(before.at(-1))
    expect(Math.min(write, answer)).toBeGreaterThan(8)
  })
  it.each(cuts)('the %s cut at every byte, the link ending with it: %s', (of, ends) => {
    const { before, under, ...bytes } = whole(variant, link)
    for (let at = 0; at < bytes[of]; at++) {
      const bench = new CutBench(variant, link)
      bench.apply({ of, at, ends })
      bench.run(upMs)
      // While a trial runs, its values are on the device; after it, the old ones are.
      const { trial } = bench.settingsStore.state
      expect([at, bench.radio]).toEqual([at, trial?.phase === 'running' ? under : before])
      bench.run(trialMs + upMs)
      const { state, up } = bench.settingsStore
      expect([at, up, bench.radio, state.restoring]).toEqual([at, true, before, false])
      expect([at, bench.ends.length, state.trial]).toEqual([at, 1, null])
      expect(bench.ends[0]).toMatch(/^(?:linkLost|timeUp|notTaken)$/)
      if (of === 'write' && ends) expect(bench.ends).toEqual(['linkLost'])
      expect(bench.radios.filter((radio) => radio !== before && radio !== under)).toEqual([])
    }
  })
  it.each(cuts)('the %s of taking back cut at every byte, the link ending: %s', (of, ends) => {
    const { before, under, ...bytes } = whole(variant, link)
    for (let at = 0; at < bytes[of]; at++) {
      const bench = new CutBench(variant, link)
      bench.apply(null)
      bench.run(2_000)
      bench.takeBack({ of, at, ends })
      bench.run(2 * upMs)
      const { state, up } = bench.settingsStore
      expect([at, up, bench.radio, state.restoring]).toEqual([at, true, before, false])
      expect([at, bench.ends, state.trial]).toEqual([at, ['takenBack'], null])
      expect(bench.radios.filter((radio) => radio !== before && radio !== under)).toEqual([])
    }
  })
  it.each([0, 200, 700, 1_500, 5_000, 59_000])(
    'the device loses its power %i ms after it took the trial: old again at the next contact',
    (afterMs) => {
      const { before } = whole(variant, link)
      const bench = new CutBench(variant, link)
      bench.apply(null)
      for (let i = 0; i < 2_000 && bench.settingsStore.state.trial?.phase !== 'running'; i++)
        bench.run(1)
      bench.run(afterMs)
      bench.reboot(700)
      bench.run(trialMs + 2 * upMs)
      const { state, up } = bench.settingsStore
      expect([up, bench.radio, state.restoring, state.trial]).toEqual([true, before, false, null])
      expect(bench.ends).toHaveLength(1)
      expect(bench.ends[0]).toMatch(/^(?:linkLost|timeUp)$/)
    },
  )
  it.each([
    [0, 100],
    [1_000, 5_000],
    [59_000, 300],
  ])(
    'the cable is out %i ms into a trial, for %i ms: old again when it is back',
    (afterMs, forMs) => {
      const { before } = whole(variant, link)
      const bench = new CutBench(variant, link)
      bench.apply(null)
      for (let i = 0; i < 2_000 && bench.settingsStore.state.trial?.phase !== 'running'; i++)
        bench.run(1)
      bench.run(afterMs)
      bench.endLink(forMs)
      bench.run(forMs + upMs)
      const { state, up } = bench.settingsStore
      expect([up, bench.radio, state.restoring, state.trial]).toEqual([true, before, false, null])
      expect(bench.ends).toEqual(['linkLost'])
    },
  )
  it.each([0, 1, 300, 900, 1_500, 5_000])(
    'our own power is cut %i ms after the write left: the next contact has the old ones',
    (afterMs) => {
      const { before } = whole(variant, link)
      const bench = new CutBench(variant, link)
      bench.apply(null)
      bench.run(afterMs)
      bench.dies()
      bench.run(5_000)
      bench.startsAgain()
      bench.run(upMs)
      const { state, up } = bench.settingsStore
      expect([up, bench.radio, state.restoring, state.trial]).toEqual([true, before, false, null])
      expect(state.last?.end).toBe('restarted')
      expect(bench.ends).toEqual(['restarted'])
    },
  )
})
