// Checks a message of a reservation platform before it is obeyed: signature, time, and whether it is new. A repeated
// command gets its former answer again, also after a restart, and has no second effect.
import { bucket, taken, type Bucket } from '../pure/reservation/pacing.ts'
import { judgeCommand, misfitOf } from '#ledger/pure/reservation/command.ts'
import type { ReservationList } from '#ledger/pure/reservation/list.ts'
import type { InstantMs } from '#base/pure/values/instant.ts'
import type { CommandAnswer, ReservationRow } from '#base/pure/rows/reservation-row.ts'
import type {
  Doubt,
  ReadEnvelope,
  ReservationDialect,
  ReservationNames,
  ReservationSigner,
} from '#ledger/ports/reservation.ts'

/** Allowed difference of both clocks, ms (P27). */
const windowMs = 300_000
const nonceKeptMs = 600_000
const noncesMax = 20_000
/** A command has a few hundred bytes. */
const bytesMax = 64 * 1024
/** Above the rate of any platform: commands above it are refused with an answer, and nothing is written. */
const commandsPerSec = 50
const commandsBurst = 200

interface ReceiverParts {
  readonly dialect: ReservationDialect
  readonly names: ReservationNames
  readonly signer: ReservationSigner
  readonly list: ReservationList
  readonly spaces: number
  /** Clock of signatures. */
  wallMs(): InstantMs
  /** Clock of the lot. */
  nowMs(): InstantMs
  isClockSure(): boolean
  monoMs(): number
  sm3Hex(text: string): string
  /**
   * Makes the row durable before the answer, with the item for a person where its type does not fit; false: the disk refuses
   * rows now.
   */
  write(row: ReservationRow, misfit: Misfit | null): boolean
  /** The same for one that is answered from an earlier row. */
  misfitAgain?(misfit: Misfit): void
}

/** A command whose type does not fit. The platform does not sign the type (ADR 352), so a person asks it what it meant. */
export interface Misfit {
  readonly type: string
  /** Of the order or share. */
  readonly no: string
  readonly cmdId: string
  readonly answer: CommandAnswer
}

export type Believed =
  | { readonly ok: true; readonly envelope: ReadEnvelope }
  | { readonly ok: false; readonly doubt: Doubt; readonly envelope: ReadEnvelope | null }

export interface Reply {
  readonly cmdId: string
  readonly answer: CommandAnswer | Doubt
  /** The member that was misread. */
  readonly field?: string
}

/** Refusals by the time: by a clock in doubt none is given, and the platform sends the command again. */
const byTime: readonly string[] = ['expired', 'outsideTime']

export class Receiver {
  readonly #parts: ReceiverParts
  readonly #nonces = new Map<string, number>()
  #rate: Bucket
  /** Number of messages by result. */
  readonly counts = new Map<string, number>()

  constructor(parts: ReceiverParts) {
    this.#parts = parts
    this.#rate = bucket(commandsPerSec, commandsBurst, parts.monoMs())
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  /** Checks the signature; time and repetition are checked afterwards. */
  #signed(bytes: Uint8Array): Believed {
    const { dialect, names, signer } = this.#parts
    const text = bytes.length > bytesMax ? null : textOf(bytes)
    const envelope = text === null ? null : dialect.read(text)
    if (envelope === null) return { ok: false, doubt: 'format', envelope }
    if (!signer.isSigned(envelope.signed, envelope.sign))
      return { ok: false, doubt: 'signature', envelope }
    if (envelope.appId !== names.appId || envelope.parkCode !== names.parkCode)
      return { ok: false, doubt: 'permission', envelope }
    return { ok: true, envelope }
  }

  #doubtOfTime({ timestampMs, nonce }: ReadEnvelope): Doubt | null {
    const { wallMs, monoMs } = this.#parts
    if (Math.abs(wallMs() - timestampMs) > windowMs) return 'time'
    const now = monoMs()
    for (const [old, untilMs] of this.#nonces) {
      if (untilMs > now && this.#nonces.size < noncesMax) break
      this.#nonces.delete(old)
    }
    if (this.#nonces.has(nonce)) return 'nonce'
    this.#nonces.set(nonce, now + nonceKeptMs)
    return null
  }

  /** A message that is not a command: accepted once, and only with a current time. */
  believed(bytes: Uint8Array): Believed {
    const signed = this.#signed(bytes)
    const doubt = signed.ok ? this.#doubtOfTime(signed.envelope) : null
    const result: Believed =
      signed.ok && doubt !== null ? { ok: false, doubt, envelope: signed.envelope } : signed
    if (!result.ok) this.count(result.doubt)
    return result
  }

  /**
   * The answer; null: no answer is possible, because the command has no number, or because nothing can be written now.
   */
  command(type: string, bytes: Uint8Array): Reply | null {
    const { dialect } = this.#parts
    const signed = this.#signed(bytes)
    const { envelope } = signed
    if (envelope === null) {
      this.count('format')
      return null
    }
    const read = dialect.readCommand(type, envelope.data)
    const reply = (answer: CommandAnswer | Doubt): Reply | null => {
      this.count(answer)
      return read.cmdId === null ? null : { cmdId: read.cmdId, answer }
    }
    if (!signed.ok) return reply(signed.doubt)
    const rate = taken(this.#rate, this.#parts.monoMs())
    if (rate === null) return reply('rate')
    this.#rate = rate
    if (read.kind === 'misread') {
      const misread = reply('format')
      return misread === null ? null : { ...misread, field: read.field }
    }
    const sm3 = this.#parts.sm3Hex(`${type} ${envelope.data}`)
    const before = this.#parts.list.commands.get(read.cmdId)
    if (before !== undefined) {
      this.count('repeated')
      if (before.sm3 === sm3) return reply(before.answer)
      // The same number as another command: the other one may have been the wrong one.
      const { cmdId } = read
      this.#parts.misfitAgain?.({ type, no: cmdId, cmdId, answer: 'otherContent' })
      return reply('otherContent')
    }
    const doubt = this.#doubtOfTime(envelope)
    if (doubt !== null) return reply(doubt)
    const judged =
      read.expireAtMs <= this.#parts.wallMs()
        ? ({ answer: 'expired', effect: null } as const)
        : this.#judge(read.command)
    if (byTime.includes(judged.answer) && !this.#parts.isClockSure()) {
      this.count('clockUnsure')
      return null
    }
    const row = { row: 'command', cmdId: read.cmdId, sm3, ...judged } as const
    const no = misfitOf(read.command, judged.answer)
    const misfit = no === null ? null : { type, no, cmdId: read.cmdId, answer: judged.answer }
    return this.#parts.write(row, misfit) ? reply(judged.answer) : null
  }

  #judge(command: Parameters<typeof judgeCommand>[1]): ReturnType<typeof judgeCommand> {
    const { list, spaces, nowMs } = this.#parts
    return judgeCommand(list, command, { nowMs: nowMs(), spaces })
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
