// A SCPI spectrum analyser as a pure model: settings, timed sweeps, peak hold, an error queue.
// It shares no code with the driver.
import { wordReader, quantityOf, type ScpiAct, type ScpiVariant } from './scpi-words.ts'
import { InstrumentModel, type InstrumentOptions } from './instrument-model.ts'

interface Unit {
  readonly client: number
  readonly header: string
  readonly query: boolean
  readonly value: string
}

interface Settings {
  centerHz: number
  spanHz: number
  rbwHz: number
  attenuationDb: number
  continuous: boolean
  /** Trace mode such as `WRIT` or `MAXH`, as set. */
  hold: boolean
  mode: string
  real: boolean
  swapped: boolean
}

const spectrum = 'SA'
const points = 201
const lineBytesMax = 4_096
const errorsMax = 30

const presetOf = (topHz: number): Settings => ({
  centerHz: topHz / 2,
  spanHz: topHz,
  rbwHz: 3e6,
  attenuationDb: 20,
  continuous: true,
  hold: false,
  mode: spectrum,
  real: false,
  swapped: false,
})

/** Splits at semicolons outside quotes. */
const unitsOf = (line: string, client: number): Unit[] =>
  (line.match(/(?:"[^"]*"|[^;"])+/g) ?? []).flatMap((text) => {
    const m = /^([^\s?]+)(\?)?\s*(.*)$/.exec(text.trim())
    return m === null
      ? []
      : [{ client, header: m[1] ?? '', query: m[2] === '?', value: (m[3] ?? '').trim() }]
  })

interface ScpiModelOptions extends InstrumentOptions {
  readonly variant: ScpiVariant
  readonly model?: string
}

export class ScpiModel extends InstrumentModel {
  readonly name: string
  #settings: Settings
  readonly #variant: ScpiVariant
  readonly #topHz: number
  readonly #act: (header: string) => ScpiAct | null
  readonly #carry = new Map<number, string>()
  #units: Unit[] = []
  #held = false
  #errors: string[] = []
  #trace: number[] = []
  #overload = false
  #invalid = false
  #peak: number | null = null
  #sweepEndUs = 0
  #sweeps = 0
  #answers = new Map<number, string[]>()
  /** A query before the last answer was sent: the driver does not wait. */
  overlaps = 0

  constructor(options: ScpiModelOptions) {
    super(options)
    const { variant } = options
    this.#variant = variant
    this.name = options.model ?? Object.keys(variant.models)[0] ?? ''
    this.#topHz = (variant.models[this.name] ?? 0) * 1e6
    this.#act = wordReader(variant.words)
    this.#settings = presetOf(this.#topHz)
  }

  state(): Record<string, unknown> {
    const { overlaps, name, scene, replies } = this
    return {
      model: name,
      ...this.#settings,
      sweeps: this.#sweeps,
      replies,
      overlaps,
      overload: this.#overload,
      errors: this.#errors,
      probe: scene.probe,
      moves: scene.moves,
    }
  }

  /** A person operates the panel. */
  setMode(mode: string): void {
    this.#settings.mode = mode
    if (this.#variant.modes.length === 0) this.#settings = presetOf(this.#topHz)
  }

  protected forget(client: number | null): void {
    if (client === null) {
      this.#settings = presetOf(this.#topHz)
      this.#errors = []
      this.#trace = []
      this.#peak = null
      this.#carry.clear()
      this.#units = []
      return
    }
    this.#carry.delete(client)
    this.#units = this.#units.filter((unit) => unit.client !== client)
  }

  protected heard(bytes: Uint8Array, client: number): void {
    let text = this.#carry.get(client) ?? ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    const lines = text.split('\n')
    this.#carry.set(client, (lines.pop() ?? '').slice(-lineBytesMax))
    for (const line of lines) {
      const units = unitsOf(line.trim(), client)
      const waiting = this.#held && this.#units.some((unit) => unit.query)
      if (waiting && units.some((unit) => unit.query)) this.overlaps++
      this.#units.push(...units, { client, header: '', query: false, value: '' })
    }
    this.#pump()
  }

  #pump(): void {
    while (!this.#held) {
      const unit = this.#units.shift()
      if (unit === undefined) return
      if (unit.header === '') this.#endOfLine(unit.client)
      else this.#run(unit)
    }
  }

  /** Answers of one line are sent together, separated by semicolons. */
  #endOfLine(client: number): void {
    const answers = this.#answers.get(client) ?? []
    this.#answers.delete(client)
    if (answers.length === 0) return
    const text = answers.join(';')
    this.say(
      client,
      Uint8Array.from(`${text}\n`, (letter) => letter.charCodeAt(0)),
    )
  }

  #answer(client: number, text: string): void {
    this.#answers.set(client, [...(this.#answers.get(client) ?? []), text])
  }

  #error(code: number, text: string): void {
    if (this.#errors.length < errorsMax) this.#errors.push(`${code},"${text}"`)
  }

  /** Later commands wait until then. */
  #wait(untilUs: number): void {
    const late = this.faults.decide('done', 'before')
    const us =
      Math.max(0, untilUs - this.agenda.nowUs) + (late?.do === 'delay' ? late.ms * 1000 : 0)
    if (us === 0) return
    this.#held = true
    this.agenda.plan(us, () => {
      this.#held = false
      this.#pump()
    })
  }

  #run(unit: Unit): void {
    const hit = this.faults.decide('command', 'before')
    if (hit?.do === 'mode') this.setMode(this.#variant.modes[0] ?? spectrum)
    const act = hit?.do === 'undefined' ? null : this.#act(unit.header)
    if (act === null) this.#error(-113, 'Undefined header')
    else if (unit.query) this.#query(act, unit)
    else this.#command(act, unit.value)
  }

  #number(value: number, digits: number): string {
    if (!this.#variant.exponents) return value.toFixed(digits)
    const [mantissa = '', power = '0'] = value.toExponential(9).split('e')
    const sign = Number(power) < 0 ? '-' : '+'
    return `${value < 0 ? '' : '+'}${mantissa}E${sign}${String(Math.abs(Number(power))).padStart(3, '0')}`
  }

  #query(act: ScpiAct, { client }: Unit): void {
    const s = this.#settings
    const say = (text: string): void => this.#answer(client, text)
    switch (act) {
      case 'idn':
        return say(`${this.#variant.maker},${this.name},SIM0001,1.0`)
      case 'opc':
        say('1')
        return this.#wait(this.#sweepEndUs)
      case 'error':
        return say(this.#errors.shift() ?? '0,"No error"')
      case 'questionable':
        return say(this.#overload ? '8' : '0')
      case 'center':
        return say(this.#number(s.centerHz, 0))
      case 'span':
        return say(this.#number(s.spanHz, 0))
      case 'rbw':
        return say(this.#number(s.rbwHz, 0))
      case 'mode':
        return say(`"${s.mode}"`)
      case 'peakHz':
        return this.#marker(say, (index) => this.#number(this.#hzAt(index), 0))
      case 'peakDbm':
        return this.#marker(say, (index) => this.#number(this.#trace[index] ?? 0, 2))
      case 'data':
        return this.#data(say)
      default:
        this.#error(-113, 'Undefined header')
    }
  }

  #hzAt(index: number): number {
    const { centerHz, spanHz } = this.#settings
    return centerHz - spanHz / 2 + (spanHz * index) / (points - 1)
  }

  #marker(say: (text: string) => void, text: (index: number) => string): void {
    if (this.#peak === null || this.#invalid) say('9.91E+37')
    else say(text(this.#peak))
  }

  #data(say: (text: string) => void): void {
    const { real, swapped } = this.#settings
    const levels = this.#invalid ? this.#trace.map(() => 9.91e37) : this.#trace
    if (!real) return say(levels.map((level) => this.#number(level, 2)).join(','))
    const bytes = new Uint8Array(4 * levels.length)
    const view = new DataView(bytes.buffer)
    levels.forEach((level, i) => view.setFloat32(4 * i, level, swapped))
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    const size = String(bytes.length)
    say(`#${size.length}${size}${text}`)
  }

  #command(act: ScpiAct, value: string): void {
    const s = this.#settings
    switch (act) {
      case 'rst':
        this.#settings = presetOf(this.#topHz)
        this.#trace = []
        this.#peak = null
        return
      case 'cls':
        this.#errors = []
        return
      case 'wai':
        return this.#wait(this.#sweepEndUs)
      case 'mode':
        s.mode = value.replaceAll('"', '').toUpperCase()
        return
      case 'trace':
        s.hold = /^MAXH/i.test(value)
        return
      case 'continuous':
        s.continuous = /^(?:1|ON)$/i.test(value)
        return
      case 'format':
        s.real = /^REAL/i.test(value)
        return
      case 'order':
        s.swapped = /^SWAP/i.test(value)
        return
      case 'sweep':
        return this.#sweep()
      case 'peak':
        return this.#findPeak()
      case 'center':
      case 'span':
      case 'rbw':
      case 'attenuation':
        return this.#tune(act, value)
      case 'detector':
      case 'marker':
      case 'gain':
      case 'vbw':
        return
      default:
        this.#error(-113, 'Undefined header')
    }
  }

  #tune(act: 'center' | 'span' | 'rbw' | 'attenuation', text: string): void {
    const member = { center: 'centerHz', span: 'spanHz', rbw: 'rbwHz' } as const
    const value = quantityOf(text)
    if (value === null) return this.#error(-104, 'Data type error')
    if (this.#settings.mode !== spectrum) return this.#error(-221, 'Settings conflict')
    if (act === 'attenuation') this.#settings.attenuationDb = Math.min(30, Math.max(0, value))
    else if (act === 'rbw' || value <= this.#topHz) this.#settings[member[act]] = value
    else if (this.#variant.tooHigh === 'cut') this.#settings[member[act]] = this.#topHz
    else this.#error(-222, 'Data out of range')
  }

  #sweep(): void {
    const { nowUs } = this.agenda
    const s = this.#settings
    if (s.mode !== spectrum) return this.#error(-221, 'Settings conflict')
    this.#sweepEndUs = Math.max(nowUs, this.#sweepEndUs) + this.sweepUs
    this.agenda.plan(this.#sweepEndUs - nowUs, () => this.#swept())
  }

  #swept(): void {
    const hit = this.faults.decide('sweep', 'before')
    const { centerHz, spanHz, rbwHz, attenuationDb, hold } = this.#settings
    this.#sweeps++
    const { levelsDbm, overload } = this.scene.sweep(
      {
        startHz: centerHz - spanHz / 2,
        stopHz: centerHz + spanHz / 2,
        points,
        rbwHz,
        attenuationDb,
      },
      this.agenda.nowUs,
    )
    if (hit?.do === 'mode') this.setMode(this.#variant.modes[0] ?? spectrum)
    this.#invalid = hit?.do === 'invalid'
    const bad = overload || hit?.do === 'overload'
    // Held peaks stay, also from another place: the user has to clear them.
    const kept = hold && this.#trace.length === points
    this.#trace = levelsDbm.map((level, i) =>
      kept ? Math.max(level, this.#trace[i] ?? level) : level,
    )
    this.#overload = kept ? this.#overload || bad : bad
  }

  #findPeak(): void {
    let best: number | null = null
    this.#trace.forEach((level, i) => {
      if (best === null || level > (this.#trace[best] ?? -Infinity)) best = i
    })
    this.#peak = best
  }
}
