// A tinySA as a pure model: it echoes commands, answers in lines or raw, and prompts. Without ultra mode it cuts any
// range to 900 MHz silently; firmware versions scale raw levels differently.
import { InstrumentModel, type InstrumentOptions } from './instrument-model.ts'

export const tinysaModels: Readonly<
  Record<string, { readonly name: string; readonly topMhz: number }>
> = {
  ZS407: { name: 'tinySA ULTRA+ ZS407', topMhz: 7_370 },
  ZS406: { name: 'tinySA ULTRA+ ZS406', topMhz: 5_400 },
  ZS405: { name: 'tinySA ULTRA ZS405', topMhz: 5_300 },
}

interface TinysaModelOptions extends InstrumentOptions {
  readonly model?: string
  /** `offset`: 32 times the level above -174 dBm; `signed`: 32 times the level. */
  readonly scale: 'offset' | 'signed'
}

interface Settings {
  ultra: boolean
  input: boolean
  startHz: number
  stopHz: number
  points: number
  rbwHz: number
  attenuationDb: number
}

const preset = (): Settings => ({
  ultra: false,
  input: true,
  startHz: 0,
  stopHz: 800e6,
  points: 450,
  rbwHz: 850e3,
  attenuationDb: 0,
})

const lowTopHz = 900e6
const pointsMax = 450
const prompt = 'ch> '

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** `-4.53e+01`: a level as its firmware prints it. */
function exponent(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential(6).split('e')
  const sign = Number(power) < 0 ? '-' : '+'
  return `${mantissa}e${sign}${String(Math.abs(Number(power))).padStart(2, '0')}`
}

interface Scan {
  readonly startHz: number
  readonly stopHz: number
  readonly points: number
}

export class TinysaModel extends InstrumentModel {
  readonly name: string
  readonly #topHz: number
  readonly #scale: TinysaModelOptions['scale']
  #settings = preset()
  #typed = ''
  #queue: string[] = []
  #busy = false
  #scans = 0

  constructor(options: TinysaModelOptions) {
    super(options)
    const row = tinysaModels[options.model ?? 'ZS407']
    this.name = row?.name ?? ''
    this.#topHz = (row?.topMhz ?? 0) * 1e6
    this.#scale = options.scale
  }

  state(): Record<string, unknown> {
    const { name, scene, replies } = this
    return {
      model: name,
      ...this.#settings,
      scans: this.#scans,
      replies,
      probe: scene.probe,
      moves: scene.moves,
    }
  }

  protected forget(client: number | null): void {
    this.#typed = ''
    this.#queue = []
    if (client === null) this.#settings = preset()
  }

  protected heard(bytes: Uint8Array, client: number): void {
    for (const byte of bytes) {
      if (byte === 0x0d) {
        this.#queue.push(this.#typed)
        this.#typed = ''
      } else if (byte !== 0x0a) this.#typed = (this.#typed + String.fromCharCode(byte)).slice(-200)
    }
    this.#pump(client)
  }

  #pump(client: number): void {
    while (!this.#busy) {
      const line = this.#queue.shift()
      if (line === undefined) return
      this.#run(line, client)
    }
  }

  #reply(client: number, line: string, body: Uint8Array): void {
    const bytes = [...ascii(`${line}\r\n`), ...body, ...ascii(prompt)]
    this.say(client, Uint8Array.from(bytes))
  }

  #run(line: string, client: number): void {
    const hit = this.faults.decide('command', 'before')
    if (hit?.do === 'mode') this.#settings.ultra = false
    const words = line.trim().split(/\s+/)
    const lines = (...text: string[]): void =>
      this.#reply(client, line, ascii(text.map((one) => `${one}\r\n`).join('')))
    const [name = ''] = words
    if (hit?.do === 'undefined') return lines(`${name}?`)
    if (name === 'scan' || name === 'scanraw') return this.#scan(line, words, client)
    const said = this.#say(name, words.slice(1))
    lines(...(said ?? [`${name}?`]))
  }

  /** Lines of an answer; null for an unknown command. */
  #say(name: string, values: readonly string[]): readonly string[] | null {
    const s = this.#settings
    const [value = ''] = values
    switch (name) {
      case '':
        return []
      case 'version':
        return ['tinySA4_v1.4-217-gsimulated', 'HW Version:V0.5.4']
      case 'info':
        return [this.name, 'Version: simulated']
      case 'ultra':
        s.ultra = value === 'on'
        this.#cut()
        return []
      case 'mode':
        s.input = value === 'input'
        return []
      case 'output':
      case 'trace':
      case 'lna':
      case 'spur':
        return []
      case 'rbw':
        s.rbwHz = value === 'auto' ? 850e3 : Math.min(850, Math.max(0.2, Number(value))) * 1e3
        return []
      case 'attenuate':
        s.attenuationDb = value === 'auto' ? 0 : Math.min(31, Math.max(0, Number(value)))
        return []
      case 'sweep':
        return this.#range(values)
      default:
        return null
    }
  }

  #range(values: readonly string[]): readonly string[] {
    const s = this.#settings
    if (values.length === 0) return [`${s.startHz} ${s.stopHz} ${s.points}`]
    const [start, stop, points] = values.map(Number)
    const good = [start, stop, points].every((value) => Number.isFinite(value))
    if (!good || points === undefined || points > pointsMax)
      return ['usage: sweep {start(Hz)} {stop(Hz)} {points}']
    Object.assign(s, { startHz: start, stopHz: stop, points })
    this.#cut()
    return []
  }

  #cut(): void {
    const s = this.#settings
    const topHz = s.ultra ? this.#topHz : lowTopHz
    s.startHz = Math.min(s.startHz, topHz)
    s.stopHz = Math.min(s.stopHz, topHz)
  }

  #scan(line: string, words: readonly string[], client: number): void {
    const [name = '', ...values] = words
    const [startHz = 0, stopHz = 0, points = 0] = values.map(Number)
    if (!(startHz >= 0 && stopHz >= startHz && points >= 1 && points <= pointsMax)) {
      this.#reply(client, line, ascii(`usage: ${name} {start(Hz)} {stop(Hz)} {points}\r\n`))
      return
    }
    this.#range([String(startHz), String(stopHz), String(points)])
    const scan = { startHz: this.#settings.startHz, stopHz: this.#settings.stopHz, points }
    this.#busy = true
    const late = this.faults.decide('done', 'before')
    const us = this.sweepUs + (late?.do === 'delay' ? late.ms * 1000 : 0)
    this.agenda.plan(us, () => {
      this.#busy = false
      this.#reply(client, line, this.#levels(scan, name === 'scanraw'))
      this.#pump(client)
    })
  }

  #levels(scan: Scan, raw: boolean): Uint8Array {
    const { rbwHz, attenuationDb, input } = this.#settings
    const hit = this.faults.decide('sweep', 'before')
    if (hit?.do === 'mode') {
      this.#settings.ultra = false
      this.#cut()
    }
    this.#scans++
    const { levelsDbm } = this.scene.sweep({ ...scan, rbwHz, attenuationDb }, this.agenda.nowUs)
    const shown = levelsDbm.map((level) => {
      if (!input) return -174
      return hit?.do === 'overload' ? level + 60 : level
    })
    return raw ? this.#raw(shown) : this.#text(scan, shown)
  }

  #raw(levels: readonly number[]): Uint8Array {
    const out = [0x7b]
    for (const level of levels) {
      const word = Math.round(32 * (this.#scale === 'offset' ? level + 174 : level)) & 0xffff
      out.push(0x78, word & 0xff, word >> 8)
    }
    return Uint8Array.from([...out, 0x7d])
  }

  #text({ startHz, stopHz, points }: Scan, levels: readonly number[]): Uint8Array {
    const step = points > 1 ? (stopHz - startHz) / (points - 1) : 0
    return ascii(
      levels
        .map((level, i) => `${Math.round(startHz + step * i)} ${exponent(level)} 0.000000000\r\n`)
        .join(''),
    )
  }
}
