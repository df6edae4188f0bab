// The monitoring socket of chronyd as a pure model: a `tracking` request in, the version 6 answer out (candm.h).
// A second implementation: its own packing of the 104 bytes and of chrony's 32-bit floats.
import { setKnobs } from '../shell/knobs.ts'

const headBytes = 28
const answerBytes = 104
const trackingCommand = 33
const [exponentBits, coefficientBits] = [7, 25]

/** 7-bit exponent and 25-bit signed coefficient, with the smallest exponent that fits. */
function chronyFloat(value: number): number {
  if (value === 0) return 0
  let exponent = Math.floor(Math.log2(Math.abs(value))) + 1
  let coefficient = Math.round(value * 2 ** (coefficientBits - exponent))
  while (Math.abs(coefficient) >= 2 ** (coefficientBits - 1)) {
    coefficient = Math.round(coefficient / 2)
    exponent++
  }
  const low = coefficient & (2 ** coefficientBits - 1)
  return (((exponent & (2 ** exponentBits - 1)) << coefficientBits) | low) >>> 0
}

export class ChronyModel {
  readonly knobs = {
    /** By how much the machine's clock is slow according to chronyd. */
    slowMs: 0,
    rootDelayMs: 20,
    rootDispersionMs: 5,
    stratum: 3,
    leap: 0,
    /** It follows a server. */
    hasSource: true,
    /** It follows the machine's own clock. */
    isLocal: false,
    /** The request is answered as unauthorised. */
    refuses: false,
    silent: false,
  }
  questions = 0

  set(body: unknown): void {
    setKnobs(this.knobs, body)
  }

  state(): Record<string, unknown> {
    return { ...this.knobs, questions: this.questions }
  }

  /** Null when silent, for another request, and for one shorter than the answer. */
  answer(question: Uint8Array, nowMs: number): Uint8Array | null {
    this.questions++
    const { knobs } = this
    const from = Buffer.from(question)
    const isQuestion = from.length >= answerBytes && from[0] === 6 && from[1] === 1
    if (knobs.silent || !isQuestion || from.readUInt16BE(4) !== trackingCommand) return null
    const out = Buffer.alloc(answerBytes)
    out.set([6, 2])
    out.writeUInt16BE(trackingCommand, 4)
    out.writeUInt16BE(knobs.refuses ? 1 : 5, 6)
    // 2: unauthorised.
    out.writeUInt16BE(knobs.refuses ? 2 : 0, 8)
    from.copy(out, 16, 8, 12)
    if (knobs.refuses) return out.subarray(0, headBytes)
    const source = knobs.isLocal
      ? [127, 127, 1, 1]
      : knobs.hasSource
        ? [127, 0, 0, 1]
        : [0, 0, 0, 0]
    out.set(source, headBytes)
    out.set(source, headBytes + 4)
    out.writeUInt16BE(1, 48)
    out.writeUInt16BE(knobs.stratum, 52)
    out.writeUInt16BE(knobs.leap, 54)
    out.writeUInt32BE(Math.floor(nowMs / 1000) >>> 0, 60)
    const seconds = [knobs.slowMs, 0, 0, 0, 0, 0, knobs.rootDelayMs, knobs.rootDispersionMs, 0]
    seconds.forEach((ms, index) => out.writeUInt32BE(chronyFloat(ms / 1000), 68 + 4 * index))
    return out
  }
}
