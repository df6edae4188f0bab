// Commands of the platform: each with its number and the time after which it is void (P30), read strictly.
// Types and members are assumed; a member that is missing, too many or of another kind is 1005 with its name.
import type { ReservationCommand } from '../../reservation/command.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import { normalisePlate, plateColourOfCode } from '#base/pure/plates/plate.ts'
import type {
  Reservation,
  ReservationTerms,
  Share,
  SharePart,
} from '#base/pure/rows/reservation-row.ts'
import type { ReadCommand, ReservationDialect } from '../../../ports/reservation.ts'
import { members, noShape, type MemberName } from './members.ts'

const windowMsMax = 31 * dayMs

type NameOf<K extends string> = {
  [N in MemberName]: (typeof members)[N] extends Readonly<Record<K, unknown>> ? N : never
}[MemberName]

class Misread extends Error {}

/** Reads the members of one object, each once; a member that was not read is an error. */
class Reader {
  readonly #at: string
  readonly #members: Readonly<Record<string, unknown>>
  readonly #asked = new Set<string>()

  constructor(value: unknown, at = '') {
    this.#at = at
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misread(at)
    this.#members = { ...value }
  }

  #take(name: string): unknown {
    this.#asked.add(name)
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined
  }

  has(name: string): boolean {
    return this.#take(name) !== undefined
  }

  path(name: string): string {
    return `${this.#at}/${name}`
  }

  whole(name: string, min: number, max: number): number {
    const value = this.#take(name)
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max)
      throw new Misread(this.path(name))
    return value
  }

  text(name: string, shape: RegExp): string {
    const value = this.#take(name)
    if (typeof value !== 'string' || !shape.test(value)) throw new Misread(this.path(name))
    return value
  }

  flag(name: string): boolean {
    const value = this.#take(name)
    if (typeof value !== 'boolean') throw new Misread(this.path(name))
    return value
  }

  plate(): string {
    const plate = normalisePlate(this.no('plateNo'))
    if (plate === null) throw new Misread(this.path('plateNo'))
    return plate
  }

  /** A member as `members` says it is. */
  no(name: NameOf<'text'>): string {
    return this.text(name, members[name].text)
  }

  count(name: NameOf<'whole'>): number {
    const [min, max] = members[name].whole
    return this.whole(name, min, max)
  }

  word<T extends string>(name: string, words: readonly T[]): T {
    const value = this.#take(name)
    const found = words.find((word) => word === value)
    if (found === undefined) throw new Misread(this.path(name))
    return found
  }

  inner(name: string): Reader {
    return new Reader(this.#take(name), this.path(name))
  }

  list(name: string, max: number): readonly Reader[] {
    const value = this.#take(name)
    if (!Array.isArray(value) || value.length > max) throw new Misread(this.path(name))
    return value.map((one, at) => new Reader(one, `${this.path(name)}/${at}`))
  }

  end(): void {
    for (const name of Object.keys(this.#members))
      if (!this.#asked.has(name)) throw new Misread(this.path(name))
  }
}

function termsOf(from: Reader): ReservationTerms {
  const kind = from.word('type', members.type.words)
  const terms: ReservationTerms =
    kind === 'none'
      ? { kind }
      : kind === 'discount'
        ? { kind, bp: from.count('bp') }
        : { kind, amountFen: from.count('amountFen') }
  from.end()
  return terms
}

function reservationOf(from: Reader): Reservation {
  const kind = from.word('kind', members.kind.words)
  const reservation: Reservation = {
    orderNo: from.no('orderNo'),
    kind,
    plate: from.plate(),
    colour: plateColourOfCode(from.count('plateColor')),
    fromMs: from.count('startTime'),
    toMs: from.count('endTime'),
    terms: termsOf(from.inner('terms')),
    shareNo: kind === 'shared' ? from.no('shareNo') : null,
  }
  const { fromMs, toMs } = reservation
  if (toMs <= fromMs || toMs - fromMs > windowMsMax) throw new Misread(from.path('endTime'))
  return reservation
}

function partsOf(from: Reader): readonly SharePart[] {
  const parts = from.list('providers', members.providers.listMax).map((one): SharePart => {
    const part = { providerId: one.no('providerId'), bp: one.count('bp') }
    one.end()
    return part
  })
  const isWithin = parts.reduce((sum, { bp }) => sum + bp, 0) <= 10_000
  const isOnce = new Set(parts.map(({ providerId }) => providerId)).size === parts.length
  if (!isWithin || !isOnce) throw new Misread(from.path('providers'))
  return parts
}

function shareOf(from: Reader): Share {
  const share: Share = {
    shareNo: from.no('shareNo'),
    spaces: from.count('bays'),
    fromMs: from.count('startTime'),
    toMs: from.count('endTime'),
    fromMin: from.count('dayFromMin'),
    toMin: from.count('dayToMin'),
    parts: partsOf(from),
  }
  if (share.toMs <= share.fromMs) throw new Misread(from.path('endTime'))
  return share
}

const readers: Readonly<Record<string, (from: Reader) => ReservationCommand>> = {
  reserve: (from) => ({ do: 'make', reservation: reservationOf(from) }),
  change: (from) => ({ do: 'change', reservation: reservationOf(from) }),
  cancel: (from) => ({
    do: 'cancel',
    orderNo: from.no('orderNo'),
    plate: from.has('plateNo') ? from.plate() : null,
  }),
  revoke: (from) => ({ do: 'revoke', orderNo: from.no('orderNo'), plate: null }),
  share: (from) => ({ do: 'share', share: shareOf(from) }),
  unshare: (from) => ({ do: 'unshare', shareNo: from.no('shareNo') }),
  flow: (from) => ({ do: 'flow', on: from.flag('on') }),
}

function cmdIdIn(value: unknown): string | null {
  try {
    return new Reader(value).no('cmdId')
  } catch {
    return null
  }
}

export function readCommand(type: string, data: string): ReadCommand {
  const value: unknown = JSON.parse(data)
  const cmdId = cmdIdIn(value)
  try {
    const from = new Reader(value)
    const known = { cmdId: from.no('cmdId'), expireAtMs: from.count('expireAt') }
    const reader = Object.hasOwn(readers, type) ? readers[type] : undefined
    if (reader === undefined) return { kind: 'misread', cmdId, field: `type ${type}` }
    const command = reader(from)
    from.end()
    return { kind: 'command', ...known, command }
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    return { kind: 'misread', cmdId, field: error.message }
  }
}

export function readSeq(data: string): number | null {
  try {
    return new Reader(JSON.parse(data)).whole('ackSeq', 0, Number.MAX_SAFE_INTEGER)
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    return null
  }
}

const commandsMax = 100

/** An answer of HTTPS: up to where the platform has our messages, and commands that wait there. */
export const readExchange: ReservationDialect['readExchange'] = (data, nonce) => {
  try {
    const from = new Reader(JSON.parse(data))
    if (from.text('of', /^.{32}$/) !== nonce) return null
    const ackSeq = from.whole('ackSeq', 0, Number.MAX_SAFE_INTEGER)
    const commands = from
      .list('commands', commandsMax)
      .map((one) => ({
        type: one.text('type', noShape),
        text: one.text('text', /^\{.{1,65536}\}$/s),
      }))
    return { ackSeq, commands }
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    return null
  }
}
