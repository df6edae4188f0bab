// One handle over every instrument: it waits until the instrument is ready, and says why it is not.
// Virtual time, the shipped profiles, the models of the simulators.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { fieldMeter, type FieldMeter } from '#devices/hosts/field-meter.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { ScpiModel } from '#simulators/instrument/scpi-model.ts'
import { scpiVariants } from '#simulators/instrument/scpi-words.ts'
import { shipped } from '../profiles/shipped.ts'

const profile = shipped('instrument/siglent/ssa3000x').profile

const modelOf = (model?: string): ScpiModel =>
  new ScpiModel({
    seed: 7,
    sweepUs: 40_000,
    variant: present(scpiVariants['scpi-siglent'], 'a variant'),
    ...(model === undefined ? {} : { model }),
  })

class Scene {
  readonly time = new VirtualTime()
  model: ScpiModel
  readonly meter: FieldMeter
  handlers: ByteLinkHandlers | null = null
  reachable = true

  constructor(model?: string) {
    this.model = modelOf(model)
    this.meter = fieldMeter(profile, 'tcp://127.0.0.1:5025', {
      mono: this.time.clock,
      business: { nowMs: () => 0 },
      opener: {
        open: (_url, handlers) => {
          this.time.clock.after(1, () => {
            if (this.reachable) {
              this.handlers = handlers
              handlers.up()
            } else handlers.down(systemText('nobody there'))
          })
          return {
            bytesIn: 0,
            bytesOut: 0,
            send: (bytes) => this.say(bytes),
            close: () => undefined,
          }
        },
      },
    })
  }

  private say(bytes: Uint8Array): void {
    this.heard(this.model.onBytes(bytes, this.time.nowUs))
  }

  private heard(outputs: ReturnType<ScpiModel['advance']>): void {
    const { handlers } = this
    for (const output of outputs)
      if (output.do === 'send') this.time.clock.after(0.1, () => handlers?.bytes(output.bytes))
    const dueUs = this.model.nextDueUs()
    if (dueUs !== null)
      this.time.clock.after(Math.max(0.001, (dueUs - this.time.nowUs) / 1000), () =>
        this.heard(this.model.advance(this.time.nowUs)),
      )
  }

  unplug(): void {
    this.reachable = false
    const { handlers } = this
    this.handlers = null
    handlers?.down(systemText('the cable is out'))
  }

  /** Advances virtual time until the promise settles. */
  async after<T>(promise: Promise<T>, limitMs = 300_000): Promise<T | LaneFault> {
    let settled = false
    const kept: Promise<T | LaneFault> = promise.catch((error: unknown) => {
      if (error instanceof LaneFault) return error
      throw error
    })
    kept.finally(() => (settled = true)).catch(() => undefined)
    for (let ms = 0; ms < limitMs; ms += 100) {
      this.time.runTo(this.time.nowUs + 100_000)
      await Promise.resolve().then(() => undefined)
      await Promise.resolve()
      if (settled) break
    }
    return await kept
  }
}

describe('a field meter', () => {
  it('waits until it is ready, reads, and knows who answered', async () => {
    const scene = new Scene()
    const level = await scene.after(scene.meter.measure())
    expect(level).toMatchObject({ overload: false })
    const truth = scene.model.scene.truthDbm(scene.model.scene.probe)
    const { levelDbm } = level as { levelDbm: number }
    expect(Math.abs(levelDbm - truth)).toBeLessThan(0.4)
    expect(scene.meter.identity).toMatchObject({ model: 'SSA3075X' })
    expect(scene.meter.profileId).toBe('instrument/siglent/ssa3000x')
  })
  it('keeps what the instrument answered for a level, and nothing that it said before', async () => {
    const scene = new Scene()
    const [one, two] = [
      await scene.after(scene.meter.measure()),
      await scene.after(scene.meter.measure()),
    ] as readonly { levelDbm: number; raw: Uint8Array }[]
    for (const level of [one, two]) {
      const text = Buffer.from(level?.raw ?? []).toString('latin1')
      expect(text).not.toContain('SSA3075X')
      const figures = [...text.matchAll(/-?\d+\.\d+(?:E[+-]\d+)?/gi)].map(([figure]) =>
        Number(figure),
      )
      const trueDbm = level?.levelDbm ?? NaN
      expect(figures.some((figure) => Math.abs(figure - trueDbm) < 0.006)).toBe(true)
    }
  })
  it('says at once that an instrument ends below 6 GHz, with its model', async () => {
    const scene = new Scene('SSA3032X')
    const fault = await scene.after(scene.meter.measure())
    expect(fault).toMatchObject({
      code: 'METER-01',
      detail: { note: { zh: 'SSA3032X 只到 3200 MHz', en: 'SSA3032X ends at 3200 MHz' } },
    })
    expect(scene.time.nowUs).toBeLessThan(2_000_000)
  })
  it('says so again at once, and reads when a fit one is put in its place', async () => {
    const scene = new Scene('SSA3032X')
    await scene.after(scene.meter.measure())
    const requestedUs = scene.time.nowUs
    expect(await scene.after(scene.meter.measure())).toMatchObject({ code: 'METER-01' })
    expect(scene.time.nowUs - requestedUs).toBeLessThan(200_000)
    scene.unplug()
    scene.model = modelOf('SSA3075X')
    scene.reachable = true
    await scene.after(new Promise<void>((done) => scene.time.clock.after(10_000, done)))
    expect(await scene.after(scene.meter.measure())).toMatchObject({ overload: false })
  })
  it('gives up an instrument that is not there', async () => {
    const scene = new Scene()
    scene.reachable = false
    expect(await scene.after(scene.meter.measure())).toMatchObject({ code: 'METER-07' })
    expect(scene.time.nowUs).toBeLessThan(60_000_000)
  })
  it('a cable pulled in the walk ends the reading; the next one waits for it to be back', async () => {
    const scene = new Scene()
    await scene.after(scene.meter.measure())
    const reading = scene.meter.measure()
    scene.time.runTo(scene.time.nowUs + 100_000)
    scene.unplug()
    expect(await scene.after(reading)).toMatchObject({ code: 'METER-07' })
    const next = scene.meter.measure()
    scene.time.runTo(scene.time.nowUs + 5_000_000)
    scene.reachable = true
    expect(await scene.after(next)).toMatchObject({ overload: false })
  })
  it('closed, it ends what waits', async () => {
    const scene = new Scene()
    const reading = scene.meter.measure()
    scene.meter.close()
    expect(await scene.after(reading)).toMatchObject({ code: 'METER-07' })
  })
  it('needs a profile that an instrument is driven by', () => {
    const none = { ...profile, protocol: { ...profile.protocol, id: null } }
    const half = { ...profile, protocol: { ...profile.protocol, data: { identify: '*IDN?' } } }
    for (const wrong of [none, half])
      expect(() =>
        fieldMeter(wrong, 'tcp://127.0.0.1:1', {
          mono: new VirtualTime().clock,
          business: { nowMs: () => 0 },
          opener: { open: () => expect.unreachable() },
        }),
      ).toThrow('METER-02')
  })
})
