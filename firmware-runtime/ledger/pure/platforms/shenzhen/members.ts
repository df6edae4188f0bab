// The members of the platform's commands: type, unit, bounds and an example of each, as docs/reservation.md prints them and as
// commands are read. All are assumed (platform-access.md A.7).
import { dayMs, minuteMs } from '#base/pure/values/instant.ts'
import { fenMax } from '#base/pure/values/fen.ts'

export const noShape = /^[A-Za-z0-9_-]{1,64}$/
const dayMinutes = dayMs / minuteMs
/** Milliseconds with 13 digits. */
const [timeMinMs, timeMaxMs] = [1_000_000_000_000, 9_999_999_999_999]

interface MemberOf {
  readonly unit: string
  readonly example: unknown
}
type TextMember = MemberOf & { readonly text: RegExp; readonly says: string }
type WholeMember = MemberOf & { readonly whole: readonly [number, number] }
type WordMember<T extends string = string> = MemberOf & { readonly words: readonly T[] }
export type CommandMember =
  | TextMember
  | WholeMember
  | WordMember
  | (MemberOf & { readonly flag: true })
  | (MemberOf & { readonly object: true })
  | (MemberOf & { readonly listMax: number })

const number = (example: string): TextMember => ({
  text: noShape,
  says: '1 to 64 of `A-Z a-z 0-9 _ -`',
  unit: '',
  example,
})
const time = (example: number): WholeMember => ({
  whole: [timeMinMs, timeMaxMs],
  unit: 'epochMs',
  example,
})

export const members = {
  cmdId: number('C-20260301-0001'),
  expireAt: time(1_772_416_260_000),
  orderNo: number('R20260301001'),
  shareNo: number('S12'),
  providerId: number('P1'),
  kind: { words: ['reserved', 'shared'], unit: '', example: 'reserved' },
  plateNo: {
    text: /^.{1,16}$/su,
    says: 'a plate, 1 to 16 characters',
    unit: '',
    example: '测A12345',
  },
  plateColor: { whole: [0, 99], unit: 'code of colours (P12)', example: 0 },
  startTime: time(1_772_416_800_000),
  endTime: time(1_772_424_000_000),
  terms: { object: true, unit: '', example: { type: 'prepaid', amountFen: 500 } },
  type: { words: ['none', 'prepaid', 'discount', 'rate'], unit: '', example: 'prepaid' },
  amountFen: { whole: [0, fenMax], unit: 'fen', example: 500 },
  bp: { whole: [1, 10_000], unit: 'basis points (1/100 %)', example: 2500 },
  bays: { whole: [1, 100_000], unit: 'bays', example: 2 },
  dayFromMin: { whole: [0, dayMinutes - 1], unit: "minutes of the lot's day", example: 540 },
  dayToMin: { whole: [1, dayMinutes], unit: "minutes of the lot's day", example: 1080 },
  providers: { listMax: 20, unit: 'providers', example: [{ providerId: 'P1', bp: 3000 }] },
  on: { flag: true, unit: '', example: true },
} as const satisfies Readonly<Record<string, CommandMember>>

export type MemberName = keyof typeof members
