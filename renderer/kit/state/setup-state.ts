// The draft of a lot in the window: every form saves its part when it changes, one call after another, and
// shows the verdict in the answer. After an undo the forms are rendered again.
import { laneKindsBy } from '#base/pure/device-kinds/lane-kinds.ts'
import { placeRow } from '#base/pure/place/place-members.ts'
import { laneDeviceMembers } from '#base/pure/lot/device-members.ts'
import { nothingOf, type Member } from '#base/pure/lot/member.ts'
import { onMounted, ref, shallowRef } from 'vue'
import type { ArgsOf } from '#runtime/api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import type { ApiError } from '#base/calls/rows.ts'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { SetupRow, SetupRowId, SetupView } from '#lane/calls/setup-views.ts'
import { ask } from '../../api/client.ts'
import { onRefresh } from './fresh.ts'
import { UnsavedParts } from '../forms/unsaved-parts.ts'

/** ✓ means tested or driven through; values that were only filled in, or cannot be tested, have another mark. */
export const signMarks = {
  notStarted: '–',
  open: '▲',
  failed: '✕',
  proposed: '□',
  set: '■',
  filled: '○',
  passed: '✓',
} as const
export const signLooks = {
  notStarted: 'quiet',
  open: 'warn',
  failed: 'bad',
  proposed: 'quiet',
  set: 'quiet',
  filled: 'quiet',
  passed: 'ok',
} as const

/** Parts that have a proposal, which stands until somebody answers. */
const proposed = ['charge', 'offline'] as const
export const isProposed = (id: SetupRowId, draft: SetupDraft): boolean =>
  proposed.some((one) => one === id && draft[one] === undefined)

export function signOf(
  { state, test }: Pick<SetupRow, 'state' | 'test'>,
  isProposal = false,
): keyof typeof signMarks {
  if (state !== 'done') return state
  if (isProposal) return 'proposed'
  return test === 'none' ? 'set' : test === 'missing' ? 'filled' : 'passed'
}

/** What the platform of a province requires of a lot; an empty province means the lot's own. */
export function needsOf({ draft, provinces }: SetupView, province: unknown = '') {
  const code = String(province ?? '') || (draft.lot?.provinceCode ?? '')
  return (
    provinces.find((one) => code.startsWith(one.province))?.needs ?? (['certificates'] as const)
  )
}

/** The chosen layout of 7.2 in which the platform charges; null: the lot may charge cards as well. */
export const chargedByPlatform = ({ draft, layouts }: SetupView): string | null =>
  layouts.find(({ layout, open }) => layout === draft.open?.layout && open?.collects === 'platform')
    ?.layout ?? null

/** How the lot charges ETC: as its layout wants it, else as answered. */
export const chargeModeOf = (view: SetupView): SetupCharge['mode'] =>
  chargedByPlatform(view) === null ? (view.draft.charge?.mode ?? 'card') : 'online'

export type SetupLot = NonNullable<SetupDraft['lot']>
export type SetupDevices = NonNullable<SetupDraft['devices']>
type LaneDevices = SetupDevices['lanes'][string]
export type SetupCharge = NonNullable<SetupDraft['charge']>
export type SetupOffline = NonNullable<SetupDraft['offline']>

/** The same type without `readonly`, for forms. */
type Editable<T> = T extends readonly (infer E)[]
  ? Editable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Editable<T[K]> }
    : T
/** Fields of the lot file that a form asks for under another name. */
const asked: Readonly<Record<string, string>> = {
  name: 'name',
  capacity: 'ordinary',
  provinceCode: 'province',
  chargeMode: 'mode',
  offline: 'policy',
  to: 'copiesTo',
  oldestMin: 'days',
}
/** Positions of the steps that a pointer names by what they are. */
const steps: Readonly<Record<string, number>> = { each: 0, first: 0, further: 1 }
/** Ends of the names of fields that may decide the value at that pointer, the likeliest first. */
export function fieldsOf(key: string): readonly string[] {
  const [first = '', ...path] = key.split('/').filter((part) => part !== '')
  if (first === 'tariff') {
    const [step = '', last = ''] = path.slice(-2)
    return [...(step in steps ? [`steps-${steps[step]}-${last}`] : []), last]
  }
  const [id = '', ...rest] = path
  if (first === 'lanes') {
    const name = rest.join('-')
    return name === 'camera' ? [`${id}-camera`, `${id}-how`] : [`${id}-${name}`, `lane-${id}`]
  }
  const last = path.at(-1) ?? first
  const own = [asked[first], asked[last]].flatMap((name) => name ?? [])
  return [...own, `${first}-${last}`, last, last.replace(/Fen$/, 'Yuan'), first]
}

/** A deep copy as plain data, because reactive values cannot be sent to the runtime. */
export const copyOf = <T>(value: T): Editable<T> => JSON.parse(JSON.stringify(value)) as Editable<T>

/** The first free id: `kind`, else `kind-2`, `kind-3` and so on. */
export function freeId(kind: string, all: readonly { readonly id: string }[]): string {
  const isFree = (id: string): boolean => !all.some((one) => one.id === id)
  const names = all.map((_one, at) => `${kind}-${at + 2}`)
  return [kind, ...names].find(isFree) ?? kind
}

/** One million yuan, the limit of a form. */
export const fenMost = 100_000_000

export const noDevices = Object.fromEntries(
  Object.entries<Member>(laneDeviceMembers).map(([name, row]) => [name, nothingOf(row)]),
) as unknown as LaneDevices

/** A handheld or patrol car of which nothing is known yet. */
export const noReader = Object.fromEntries(
  Object.entries<Member>(placeRow.of.handheld).map(([name, row]) => [name, nothingOf(row)]),
) as unknown as NonNullable<SetupLot['lanes'][number]['reader']>

/** The devices that a lane may have by its layout, with the clause that requires each. */
export function devicesIn({ layouts }: SetupView, lane: SetupLot['lanes'][number]) {
  const found = layouts.find(({ layout }) => layout === lane.layout)
  const own = found?.lanes.find(({ direction }) => direction === lane.direction)
  return laneKindsBy('met').flatMap((kind) => own?.devices.find((one) => one.kind === kind) ?? [])
}

/** Whether a lane charges cards at its antenna: a handheld or patrol car of an open lot only reads. */
export const chargesCards = (view: SetupView, { direction, reader }: SetupLot['lanes'][number]) =>
  direction === 'exit' && reader === undefined && chargeModeOf(view) !== 'online'

/** The set-up in the window: its draft has what was typed, also while that is being saved and after a refusal. */
export interface ShownSetup extends SetupView {
  /** As the runtime last answered. */
  readonly answered: SetupView
}

export function useSetup() {
  const view = shallowRef<ShownSetup | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** Counts undos and discards; forms are rendered again when it changes. */
  const epoch = ref(0)
  let last: Promise<unknown> = Promise.resolve()
  const unsaved = new UnsavedParts()

  function show(answered: SetupView): void {
    view.value = { ...answered, draft: unsaved.in(answered.draft), answered }
  }
  /**
   * Sends calls one at a time, so that the last saved value is the one that stays. `accepted` runs before the answer is
   * shown.
   */
  function inTurn(
    call: () => Promise<ApiReply<SetupView>>,
    accepted: () => void = () => undefined,
  ): Promise<void> {
    const turn = last.then(call).then((reply) => {
      error.value = reply.ok ? null : reply.error
      if (!reply.ok) return
      accepted()
      show(reply.data)
    })
    last = turn
    return turn
  }
  const read = (): Promise<void> => inTurn(() => ask('setup.get', {}))
  function save(part: ArgsOf<'setup.save'>): Promise<void> {
    const sent = unsaved.add(part)
    if (view.value !== null) show(view.value.answered)
    return inTurn(
      () => ask('setup.save', part),
      () => unsaved.accept(sent),
    )
  }
  async function undo(): Promise<void> {
    await inTurn(() => ask('setup.undo', {}), unsaved.untilNow())
    epoch.value++
  }
  async function discard(): Promise<void> {
    await inTurn(() => ask('setup.discard', {}), unsaved.untilNow())
    epoch.value++
  }
  onRefresh(read)
  onMounted(read)
  return { view, error, epoch, read, save, undo, discard }
}

/** The row to fill in next: refused rows first, then rows not begun, then incomplete ones. */
export function nextRow(view: SetupView): SetupRowId | null {
  // Copies and the service are made from the inbox once the lot runs. In a lot that is already set up, missing people are
  // a decision and never the next row.
  const aside = view.kept === null ? ['firstCar', 'keep'] : ['firstCar', 'people', 'keep']
  const own = view.rows.filter(({ id }) => !aside.includes(id))
  const first = (state: string): SetupRowId | null =>
    own.find((one) => one.state === state)?.id ?? null
  return first('failed') ?? first('notStarted') ?? first('open')
}
