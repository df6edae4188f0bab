// Services of an RSU beside the dialogue of a transaction: repeating the last proof, file EF04 of an OBU, and the
// authorisation of its PSAM.
import { testPsamMac } from '../shell/test-psam.ts'
import type { Cards } from './cards.ts'
import { zeros } from './bytes.ts'
import type { Ef04Part, FrameName, PcCommand, ResultView, RsuDialect } from './dialect.ts'
import type { RsuKnobs } from './knobs.ts'
import type { RsuStep } from './timing.ts'
import type { Zone } from './zone.ts'

interface ServicesHost {
  readonly dialect: RsuDialect
  readonly knobs: RsuKnobs
  readonly cards: Cards
  readonly zone: Zone
  readonly psamTerminals: readonly string[]
  /** Runs after the time of a step, unless the RSU lost its power meanwhile. */
  after(step: RsuStep, run: () => void): void
  say(name: FrameName, data: Uint8Array): void
}

type Command<D extends PcCommand['do']> = Extract<PcCommand, { do: D }>
type Ef04Write = Ef04Part & { readonly bytes: Uint8Array }

const ef04Bytes = 1024
/** Position of the province fees (rsu-interface.md 4.6). */
const fees: Ef04Part = { offset: 405, length: 80 }

export const nothingSaid: ResultView = {
  obuId: '00000000',
  code: 0,
  psamTerminal: '000000000000',
  timeBcd: '00000000000000',
  writtenUnixSec: 0,
  tac: '00000000',
  cardSerial: 0,
  psamSerial: 0,
  balanceFen: 0,
}

export class CardServices {
  /** Content of the last B5, error or not. */
  last: ResultView = nothingSaid
  readonly #host: ServicesHost
  /** Purse serials of the latest initialise of each OBU since power-up. */
  readonly #asked = new Map<string, number>()
  /** Serial of the latest initialise of any OBU: some firmware asks the card for this one only. */
  #requestedLast = 0
  readonly #ef04 = new Map<string, Uint8Array>()
  #randoms = 0
  #random: { readonly channel: number; readonly hex: string } | null = null

  constructor(host: ServicesHost) {
    this.#host = host
  }

  /** Power-up: clears the RSU's memory; the data of OBUs and cards stays. */
  reset(): void {
    this.last = nothingSaid
    this.#asked.clear()
    this.#requestedLast = 0
    this.#random = null
  }

  asked(obuId: string, cardSerial: number): void {
    this.#asked.set(obuId, cardSerial)
    this.#requestedLast = cardSerial
  }

  // File EF04 of an OBU.

  readEf04(obuId: string, { offset, length }: Ef04Part): Uint8Array {
    const file = this.#ef04.get(obuId) ?? zeros(ef04Bytes)
    return file.slice(offset, offset + length)
  }

  /** Code of 2.5.5; 0 after writing. */
  writeEf04(obuId: string, { offset, bytes }: Ef04Write): number {
    if (this.#host.knobs.ef04Code !== 0) return this.#host.knobs.ef04Code
    const file = this.#ef04.get(obuId) ?? zeros(ef04Bytes)
    if (offset + bytes.length > ef04Bytes) return 0x23
    file.set(bytes, offset)
    this.#ef04.set(obuId, file)
    return 0
  }

  /** Reads and clears; without a length it clears the province fees. */
  takeFees({ obuId, part }: Command<'fees'>): void {
    this.#host.after('proof', () => {
      const { zone, dialect, knobs, say } = this.#host
      const there = zone.car(obuId) !== null
      const code = !there ? 0x08 : knobs.ef04Code
      const ef04Part = code === 0 ? this.readEf04(obuId, part) : zeros(part.length)
      const cleared = part.length > 0 ? part : fees
      if (code === 0) this.writeEf04(obuId, { ...cleared, bytes: zeros(cleared.length) })
      const answer = dialect.b9?.(obuId, code, ef04Part)
      if (answer) say('B9', answer)
    })
  }

  // Repeating the proof.

  /** C8: the card gives the proof of its latest transaction, if the serial matches. */
  proof(command: Command<'proof'>): void {
    this.#host.after('proof', () => {
      if (this.#host.dialect.proofAsResult) this.#proofAsResult(command)
      else this.#proof(command)
    })
  }

  #proofOf(obuId: string, serial: number | undefined): ReturnType<Cards['proof']> {
    const { zone, cards } = this.#host
    const cardNo = zone.car(obuId)?.card?.cardNo
    return cardNo === undefined || serial === undefined ? null : cards.proof(cardNo, serial)
  }

  #proof({ obuId, cardSerial }: Command<'proof'>): void {
    const { zone, cards, dialect } = this.#host
    const card = zone.car(obuId)?.card ?? null
    const proof = this.#proofOf(obuId, cardSerial === 0 ? this.#asked.get(obuId) : cardSerial)
    // 01 no answer on the air; 04 EF04 not requested and no TAC (rsu-interface.md 2.5.4).
    const code = card ? (proof ? 0 : 0x04) : 0x01
    const { tac, mac } = proof ?? { tac: '00000000', mac: '00000000' }
    const balanceFen = proof && card ? cards.view(card.cardNo).balanceFen : 0
    const answer = dialect.b8?.({ obuId, code, tac, mac, balanceFen })
    if (answer) this.#host.say('B8', answer)
  }

  /**
   * Repeats the last B5 with another TAC and code, whichever OBU it was for: the serial is that of the latest
   * initialise of any card, and after a failure the TAC is the one fetched before (2.2, 2.5.5).
   */
  #proofAsResult({ obuId, ef04 }: Command<'proof'>): void {
    const { zone, dialect, say } = this.#host
    const proof = this.#proofOf(obuId, this.#requestedLast)
    let code = proof ? 0 : zone.car(obuId)?.card ? 0x36 : 0x35
    // The code of EF04 replaces the proof's.
    if (ef04) code = this.writeEf04(obuId, ef04) || code
    const tac = proof?.tac ?? this.last.tac
    say('B8', dialect.b5({ ...this.last, tac, code }))
  }

  // The PSAM.

  psamStart({ channel = 1 }: Command<'psamStart'>): void {
    this.#host.after('psam', () => {
      const { dialect, knobs, psamTerminals, say } = this.#host
      const terminal = psamTerminals[channel - 1]
      const randomHex = `01020304050607${(8 + this.#randoms++).toString(16).padStart(2, '0')}`
      this.#random = { channel, hex: randomHex.toUpperCase().slice(0, 16) }
      const answer = dialect.ba?.({
        channel,
        terminal: terminal ?? '000000000000',
        present: knobs.deviceStatus === 0 && terminal !== undefined,
        randomHex: this.#random.hex,
      })
      if (answer) say(answer[0] === 0xbd ? 'BD' : 'BA', answer)
    })
  }

  /** Valid once, for the last random and its PSAM. */
  psamApply({ macHex, channel = 1 }: Command<'psamApply'>): void {
    this.#host.after('psam', () => {
      const { dialect, knobs, say } = this.#host
      const random = this.#random
      this.#random = null
      const fits = random?.channel === channel && testPsamMac(random.hex) === macHex
      const accepted = fits && !knobs.psamRefuses
      if (accepted) knobs.psamAuthorised = true
      const answer = dialect.bb?.(accepted, channel)
      if (answer) say(answer[0] === 0xbf ? 'BF' : 'BB', answer)
    })
  }
}
