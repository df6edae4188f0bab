// The draft of a lot as the window sees it: every form saves its part as it is changed, one after another, and
// shows the verdict that comes back. A form is made anew when a step is taken back.
import { laneDeviceMembers } from '../../firmware-runtime/core/values/device-members.ts'
import { nothingOf, type Member } from '../../firmware-runtime/core/values/member.ts'
import { onMounted, ref, shallowRef } from 'vue'
import type { ArgsOf } from '../../firmware-runtime/api/table.ts'
import type { ApiReply } from '../../firmware-runtime/api/table.ts'
import type { ApiError } from '../../firmware-runtime/api/rows.ts'
import type { SetupDraft } from '../../firmware-runtime/api/setup-draft.ts'
import type { SetupRow, SetupRowId, SetupView } from '../../firmware-runtime/api/setup-views.ts'
import { ask } from '../api/client.ts'
import { onRefresh } from './fresh.ts'

/** ✓ is of what was tested, or driven through; filled in is another sign, and so is what nobody can test. */
export const signMarks = {
  notStarted: '–',
  open: '▲',
  failed: '✕',
  set: '■',
  filled: '○',
  passed: '✓',
} as const
export const signLooks = {
  notStarted: 'quiet',
  open: 'warn',
  failed: 'bad',
  set: 'quiet',
  filled: 'quiet',
  passed: 'ok',
} as const

export function signOf({ state, test }: Pick<SetupRow, 'state' | 'test'>): keyof typeof signMarks {
  if (state !== 'done') return state
  return test === 'none' ? 'set' : test === 'missing' ? 'filled' : 'passed'
}

/** What a lot has to hold to be let in by a platform that follows this province; '': that of the lot. */
export function needsOf({ draft, provinces }: SetupView, province: unknown = '') {
  const code = String(province ?? '') || (draft.lot?.provinceCode ?? '')
  return (
    provinces.find((one) => code.startsWith(one.province))?.needs ?? (['certificates'] as const)
  )
}

export type SetupLot = NonNullable<SetupDraft['lot']>
export type SetupDevices = NonNullable<SetupDraft['devices']>
type LaneDevices = SetupDevices['lanes'][string]
export type SetupSiting = NonNullable<SetupDraft['siting']>[string]
export type SetupCharge = NonNullable<SetupDraft['charge']>
export type SetupOffline = NonNullable<SetupDraft['offline']>

/** What a field of a form holds: the same, and not read-only. */
type Editable<T> = T extends readonly (infer E)[]
  ? Editable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Editable<T[K]> }
    : T
/** Plain, whatever a form made of it: a reactive value does not pass the bridge. */
export const copyOf = <T>(value: T): Editable<T> => JSON.parse(JSON.stringify(value)) as Editable<T>

/** A name that none of them has yet. */
export function freeId(kind: string, all: readonly { readonly id: string }[]): string {
  const isFree = (id: string): boolean => !all.some((one) => one.id === id)
  const names = all.map((_one, at) => `${kind}-${at + 2}`)
  return [kind, ...names].find(isFree) ?? kind
}

/** One million yuan: the most that a form takes. */
export const fenMost = 100_000_000

export const noDevices = Object.fromEntries(
  Object.entries<Member>(laneDeviceMembers).map(([name, row]) => [name, nothingOf(row)]),
) as unknown as LaneDevices

/** In the order in which a car meets them. */
const order = ['camera', 'rsu', 'barrier', 'display'] as const

/** What a lane may have by its layout, and which clause asks for it. */
export function devicesIn({ layouts }: SetupView, lane: SetupLot['lanes'][number]) {
  const found = layouts.find(({ layout }) => layout === lane.layout)
  const own = found?.lanes.find(({ direction }) => direction === lane.direction)
  return order.flatMap((kind) => own?.devices.find((one) => one.kind === kind) ?? [])
}

export function useSetup() {
  const view = shallowRef<SetupView | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** Another number: forms hold what was there before. */
  const epoch = ref(0)
  let last: Promise<unknown> = Promise.resolve()

  function take(reply: ApiReply<SetupView>): void {
    error.value = reply.ok ? null : reply.error
    if (reply.ok) view.value = reply.data
  }
  /** One call at a time: what is saved later must be what stays. */
  function inTurn(call: () => Promise<ApiReply<SetupView>>): Promise<void> {
    const turn = last.then(call).then(take)
    last = turn
    return turn
  }
  const read = (): Promise<void> => inTurn(() => ask('setup.get', {}))
  const save = (part: ArgsOf<'setup.save'>): Promise<void> => inTurn(() => ask('setup.save', part))
  async function undo(): Promise<void> {
    await inTurn(() => ask('setup.undo', {}))
    epoch.value++
  }
  async function discard(): Promise<void> {
    await inTurn(() => ask('setup.discard', {}))
    epoch.value++
  }
  onRefresh(read)
  onMounted(read)
  return { view, error, epoch, read, save, undo, discard }
}

/** The row that comes next: what was refused, then what is not begun, then what is missing. */
export function nextRow(view: SetupView): SetupRowId | null {
  // A lot that goes on without people was left so on purpose.
  const aside = view.kept === null ? ['firstCar'] : ['firstCar', 'people', 'keep']
  const own = view.rows.filter(({ id }) => !aside.includes(id))
  const first = (state: string): SetupRowId | null =>
    own.find((one) => one.state === state)?.id ?? null
  return first('failed') ?? first('notStarted') ?? first('open')
}
