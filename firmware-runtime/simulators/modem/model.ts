// A mobile modem as a pure model: AT commands in, answers out, with echo and unsolicited lines.
// A second implementation; every command is recorded in its store.
import { joined } from '#base/pure/data/bytes.ts'
import { DeviceModel, type GoneOutput, type SentOutput } from '../shell/device-model.ts'
import type { Timing } from '../shell/arguments.ts'
import { createFaultEngine } from '../shell/faults.ts'
import type { FaultAction, FaultEngine, FaultEngineOptions } from '../shell/faults.ts'
import { setKnobs } from '../shell/knobs.ts'

/** Places are commands; `refuse`: it answers ERROR. */
export const modemFaults: FaultEngineOptions = {
  places: ['AT', 'CSQ', 'CESQ', 'QENG', 'link'],
  moreActions: ['refuse'],
}

export type ModemOutput = SentOutput | GoneOutput

interface ModemModelOptions {
  readonly seed: number
  readonly timing: Timing
  readonly faults?: FaultEngine
}

const thinkUs: Record<Timing, number> = { instant: 500, standard: 30_000 }
const urcEveryUs = 700_000
const commandsKept = 10_000
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const clamp = (n: number, top: number): number => Math.max(0, Math.min(top, Math.round(n)))

export class ModemModel extends DeviceModel<SentOutput> {
  readonly knobs = {
    /** `lte`, `nr-sa`, `en-dc`. */
    network: 'lte',
    /** NOCONN, CONNECT, LIMSRV, SEARCH. */
    state: 'NOCONN',
    rsrpDbm: -85,
    rsrqDb: -10,
    sinrDb: 15,
    rssiDbm: -61,
    /** Of the 5G carrier beside the anchor. */
    nrRsrpDbm: -92,
    nrSinrDb: 9,
    /** Unknown values: figures are `-`, -32768, 99 and 255. */
    unknown: false,
    /** SINR of LTE as 0 to 250. */
    rawSinr: false,
    /** The maker's own command is supported. */
    qeng: true,
    /** Nine fields of +CESQ. */
    knowsNr: false,
    /** Refusals with a number: +CME ERROR. */
    cme: false,
    echo: true,
    /** Unsolicited lines, in answers and between them. */
    urcs: false,
    /** Bytes of noise before each answer. */
    garbage: 0,
  }
  readonly commands: string[] = []
  readonly #thinkUs: number
  readonly #typed = new Map<number, string>()

  constructor(options: ModemModelOptions) {
    super(options.seed, options.faults ?? createFaultEngine(modemFaults))
    this.#thinkUs = thinkUs[options.timing]
    const urc = (): void => {
      for (const client of this.knobs.urcs ? this.#typed.keys() : [])
        this.#say(client, ascii('\r\n+CREG: 1\r\n'))
      this.agenda.plan(urcEveryUs, urc)
    }
    this.agenda.plan(urcEveryUs, urc)
  }

  onBytes(bytes: Uint8Array, atUs: number, client = 1): ModemOutput[] {
    this.agenda.runUntil(atUs)
    for (const byte of bytes) {
      const typed = this.#typed.get(client) ?? ''
      if (this.knobs.echo && !this.isAway) this.#say(client, Uint8Array.of(byte))
      if (byte !== 0x0d) {
        this.#typed.set(
          client,
          byte === 0x0a ? typed : (typed + String.fromCharCode(byte)).slice(-200),
        )
        continue
      }
      this.#typed.set(client, '')
      if (typed !== '') this.#heard(typed, client)
    }
    return this.advance(atUs)
  }

  linkDown(client: number): void {
    this.#typed.delete(client)
  }

  set(body: unknown): void {
    setKnobs(this.knobs, body)
  }

  state(): Record<string, unknown> {
    return { ...this.knobs, commands: this.commands.length }
  }

  protected override gone(action: FaultAction): void {
    this.#typed.clear()
    this.goAway(action.ms)
  }

  #heard(typed: string, client: number): void {
    if (this.isAway) return
    const command = typed.slice(Math.max(0, typed.toUpperCase().lastIndexOf('AT')))
    this.commands.push(command)
    if (this.commands.length > commandsKept) this.commands.shift()
    const name = /^AT\+?(\w*)/i.exec(command)?.[1]?.toUpperCase() ?? ''
    const place = name === '' ? 'AT' : name
    const hits = [this.faults.decide('link', 'before'), this.faults.decide(place, 'before')]
    for (const hit of hits) if (hit !== null) this.apply(hit)
    const [, hit = null] = hits
    if (hit?.do === 'drop') return
    const waitUs = this.#thinkUs + (hit?.do === 'delay' ? hit.ms * 1000 : 0)
    this.agenda.plan(waitUs, () => this.#answer(command, hit, client))
  }

  #answer(command: string, hit: FaultAction | null, client: number): void {
    const { knobs } = this
    const lines = hit?.do === 'refuse' ? null : this.#linesOf(command.trim().toUpperCase())
    const refusal = knobs.cme ? '+CME ERROR: 100' : 'ERROR'
    const between = knobs.urcs ? ['^HCSQ: "LTE",50,60'] : []
    const said = lines === null ? [refusal] : [...between, ...lines, ...between, 'OK']
    const noise = Array.from({ length: knobs.garbage }, () => Math.floor(this.random() * 256))
    const bytes = this.mangled(ascii(said.map((line) => `\r\n${line}\r\n`).join('')), hit)
    this.#say(client, joined([Uint8Array.from(noise), bytes]))
    if (hit?.do === 'duplicate') this.#say(client, bytes)
  }

  #say(client: number, bytes: Uint8Array): void {
    if (this.isDeaf) return
    this.out({ atUs: this.agenda.nowUs, do: 'send', client, bytes })
  }

  /** Null for an unknown command. */
  #linesOf(command: string): string[] | null {
    if (command === 'AT') return []
    if (command === 'AT+CSQ') return [`+CSQ: ${this.#csq()},99`]
    if (command === 'AT+CESQ') return [this.#cesq()]
    if (command === 'AT+QENG="SERVINGCELL"' && this.knobs.qeng) return this.#qeng()
    return null
  }

  #hasCell(): boolean {
    return this.knobs.state !== 'SEARCH' && !this.knobs.unknown
  }

  #csq(): number {
    return this.#hasCell() ? clamp((this.knobs.rssiDbm + 113) / 2, 31) : 99
  }

  #cesq(): string {
    const { knobs } = this
    const isNr = knobs.network === 'nr-sa'
    const known = this.#hasCell()
    const lte =
      known && !isNr
        ? [clamp(2 * (knobs.rsrqDb + 19.5), 34), clamp(knobs.rsrpDbm + 140, 97)]
        : [255, 255]
    const five = known && isNr
    const nr = five
      ? [
          clamp(2 * (knobs.rsrqDb + 43), 126),
          clamp(knobs.rsrpDbm + 156, 126),
          clamp(2 * (knobs.sinrDb + 23), 127),
        ]
      : [255, 255, 255]
    return `+CESQ: 99,99,255,255,${[...lte, ...(knobs.knowsNr ? nr : [])].join(',')}`
  }

  #qeng(): string[] {
    const {
      state,
      network,
      rsrpDbm,
      rsrqDb,
      sinrDb,
      rssiDbm,
      nrRsrpDbm,
      nrSinrDb,
      unknown,
      rawSinr,
    } = this.knobs
    if (state === 'SEARCH') return ['+QENG: "servingcell","SEARCH"']
    const show = (n: number): string => (unknown ? '-32768' : String(n))
    const sinr = unknown ? '-' : String(rawSinr ? (sinrDb + 20) * 5 : sinrDb)
    const lte =
      `"LTE","FDD",460,01,5F1EA15,12,1650,3,5,5,DE10,` +
      `${show(rsrpDbm)},${show(rsrqDb)},${show(rssiDbm)},${sinr},9,230,-`
    if (network === 'nr-sa')
      return [
        `+QENG: "servingcell","${state}","NR5G-SA","TDD",460,00,8A3F1002C,301,5A10F,504990,41,12,` +
          `${show(rsrpDbm)},${show(rsrqDb)},${show(sinrDb)},1,30`,
      ]
    if (network !== 'en-dc') return [`+QENG: "servingcell","${state}",${lte}`]
    return [
      `+QENG: "servingcell","${state}"`,
      `+QENG: ${lte}`,
      `+QENG: "NR5G-NSA",460,01,301,${show(nrRsrpDbm)},${show(nrSinrDb)},${show(rsrqDb)},504990,41,12,1`,
    ]
  }
}

export type ModemKnobs = ModemModel['knobs']
