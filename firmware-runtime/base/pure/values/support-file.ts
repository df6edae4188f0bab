// A support file: one line of head, one line for each part, and a last line for the head's own digest (docs/support.md).
// Everything in it is masked. The runtime writes it; command line and window open it by this one reader.
import type { BilingualText } from '../words/fault-text.ts'
import { isObject, parsed } from '../data/json.ts'

const formatName = 'etc-lane support'
/** The newest version that this program reads. */
const formatVersion = 1

/** What was masked or left out, counted at each place. */
export type HiddenKind = 'plate' | 'card' | 'obu' | 'person' | 'number' | 'link' | 'text'
export type Hidden = Partial<Readonly<Record<HiddenKind, number>>>

/** In the order of the file. */
export const supportParts = [
  'program',
  'doctor',
  'lot',
  'prices',
  'lanes',
  'matters',
  'queue',
  'state',
  'events',
  'cars',
  'rows',
  'traces',
] as const
export type SupportPartName = (typeof supportParts)[number]

interface SupportPart {
  readonly name: SupportPartName
  /** Number of rows of a list; 1: no list. */
  readonly items: number
  readonly bytes: number
  readonly sha256Hex: string
  readonly hidden: Hidden
  /** Only the newest ones are in it. */
  readonly isCut: boolean
  /** Code of the fault because of which the part could not be made. */
  readonly code: string | null
}

interface SupportHead {
  readonly format: string
  readonly lotId: string
  readonly madeAtIso: string
  readonly fromIso: string
  readonly toIso: string
  readonly parts: readonly SupportPart[]
}

/** One car of the file: a stay, with what the page of the car says of it. */
export interface SupportCar {
  readonly stayId: string
  /** Stands for one plate in all parts; null: no plate was read. */
  readonly car: string | null
  readonly enteredAtIso: string | null
  readonly leftAtIso: string | null
  /** Of its last order. */
  readonly amountFen: number | null
  readonly end: string | null
  readonly why: readonly {
    readonly topic: string
    readonly title: BilingualText
    readonly lines: readonly BilingualText[]
  }[]
}

/** The text of one part, before it has its place in a file. */
export interface PartText extends Omit<SupportPart, 'bytes' | 'sha256Hex'> {
  readonly text: string
}

/** Of a text in UTF-8. */
export interface TextDigest {
  readonly bytes: number
  readonly sha256Hex: string
}

export function supportText(
  head: Omit<SupportHead, 'format' | 'parts'>,
  parts: readonly PartText[],
  digestOf: (text: string) => TextDigest,
): string {
  const told = parts.map(({ text, ...part }): SupportPart => ({ ...part, ...digestOf(text) }))
  const whole = { format: `${formatName} ${formatVersion}`, ...head, parts: told }
  const first = JSON.stringify(whole)
  const last = JSON.stringify({ headSha256Hex: digestOf(first).sha256Hex })
  return `${[first, ...parts.map(({ text }) => text), last].join('\n')}\n`
}

export interface OpenedSupport {
  readonly ok: true
  readonly head: SupportHead
  /** What the parts hold; a part that could not be made is missing. */
  readonly parts: Partial<Readonly<Record<SupportPartName, unknown>>>
  readonly cars: readonly SupportCar[]
}

/** Not such a file; of a newer version; cut off or changed. */
interface RefusedSupport {
  readonly ok: false
  readonly code: 'SUPPORT-01' | 'SUPPORT-02' | 'SUPPORT-03'
  readonly field: string
  readonly value: string
}

const refused = (code: RefusedSupport['code'], field: string, value: string): RefusedSupport => ({
  ok: false,
  code,
  field,
  value,
})

const partMembers = { name: 'string', items: 'number', bytes: 'number', sha256Hex: 'string' }
const isPart = (part: unknown): boolean =>
  isObject(part) &&
  isObject(part['hidden']) &&
  Object.entries(partMembers).every(([name, type]) => typeof part[name] === type)
const headTexts = ['lotId', 'madeAtIso', 'fromIso', 'toIso']
const isHead = (head: Readonly<Record<string, unknown>>): boolean =>
  headTexts.every((name) => typeof head[name] === 'string') &&
  Array.isArray(head['parts']) &&
  head['parts'].every(isPart)

/** The head of the first line, or why it is none. */
function headOf(line: string): SupportHead | RefusedSupport {
  const given = parsed(line)
  if (!isObject(given)) {
    const isOurs = line.startsWith(`{"format":"${formatName} `)
    return refused(isOurs ? 'SUPPORT-03' : 'SUPPORT-01', 'line 1', line.slice(0, 40))
  }
  const format = typeof given['format'] === 'string' ? given['format'] : ''
  const version = new RegExp(`^${formatName} (\\d{1,6})$`).exec(format)?.[1]
  if (version === undefined) return refused('SUPPORT-01', 'format', format.slice(0, 40))
  if (Number(version) > formatVersion) return refused('SUPPORT-02', 'format', format)
  return isHead(given) ? (given as unknown as SupportHead) : refused('SUPPORT-03', 'line 1', format)
}

/** Opens a file whose every line is as it was written. The digest of the window answers later. */
export async function openSupport(
  text: string,
  digestOf: (text: string) => TextDigest | Promise<TextDigest>,
): Promise<OpenedSupport | RefusedSupport> {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const head = headOf(first)
  if ('ok' in head) return head
  const lines = rest.at(-1) === '' ? rest.slice(0, -1) : rest
  const wanted = head.parts.length + 1
  if (lines.length !== wanted) return refused('SUPPORT-03', 'lines', `${lines.length}/${wanted}`)
  const end = parsed(lines.at(-1) ?? '')
  if (!isObject(end) || end['headSha256Hex'] !== (await digestOf(first)).sha256Hex)
    return refused('SUPPORT-03', 'line 1', head.format)
  const parts: Record<string, unknown> = {}
  for (const [at, { name, sha256Hex }] of head.parts.entries()) {
    const line = lines[at] ?? ''
    const { sha256Hex: found } = await digestOf(line)
    if (found !== sha256Hex) return refused('SUPPORT-03', name, found)
    parts[name] = parsed(line)
  }
  const { cars } = parts
  return { ok: true, head, parts, cars: Array.isArray(cars) ? (cars as SupportCar[]) : [] }
}

/** Cars whose number or amount is asked for. */
export const carsOf = (
  { cars }: Pick<OpenedSupport, 'cars'>,
  asked: { readonly stayId?: string | undefined; readonly amountFen?: number | undefined },
): readonly SupportCar[] =>
  cars.filter(
    ({ stayId, amountFen }) =>
      (asked.stayId === undefined || asked.stayId === stayId) &&
      (asked.amountFen === undefined || asked.amountFen === amountFen),
  )
