// What can be tested in a set-up, by row, and whether it was: a filled-in row is not yet a tested one. An antenna is
// tested by the survey; names, prices and people cannot be tested.
import { triedKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import type { SetupDraft } from '../../calls/setup-draft.ts'
import type { SetupRow, SetupRowId } from '../../calls/setup-views.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { otherChannels } from '#base/pure/lot/destination-members.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import type { TryWish } from '#devices/desk/lane/device-try.ts'
import { devicesOf } from './lot-of-draft.ts'

interface RowTest {
  readonly wish: TryWish
  readonly name: BilingualText
}

/** When exactly this target passed its newest test; null: it did not. */
export type PassedAt = (wish: TryWish) => string | null

const testOf = (
  laneId: string,
  device: TryWish['device'],
  link: string,
  name: BilingualText,
): readonly RowTest[] =>
  link === '' ? [] : [{ wish: { laneId, device, what: 'look', link }, name }]

type NameOf = (lane: { readonly id: string; readonly name: string }) => BilingualText
const asTyped: NameOf = ({ id, name }) => t(name || id, name || id)

const deviceTests = (draft: SetupDraft, nameOf: NameOf): readonly RowTest[] =>
  (draft.lot?.lanes ?? []).flatMap((lane) =>
    triedKinds.flatMap((kind) => {
      const [name, device] = [nameOf(lane), deviceKinds[kind].lane.words]
      const of = t(`${name.zh} ${device.zh}`, `${name.en}: ${device.en}`)
      return testOf(lane.id, kind, devicesOf(draft, lane.id)[kind], of)
    }),
  )

function chargeTests(draft: SetupDraft): readonly RowTest[] {
  const { charge, gateway, reservation } = draft
  const { printers = [], scanners = [] } = draft
  const platform = charge?.platform ?? 'later'
  const of = (name: keyof typeof lotMembers): BilingualText => lotMembers[name].words
  return [
    ...testOf('platform', 'platform', platform === 'later' ? '' : platform.url, of('platform')),
    ...otherChannels.flatMap((id) => testOf(id, id, draft[id]?.url ?? '', of(id))),
    ...testOf('gateway', 'gateway', gateway?.url ?? '', of('gateway')),
    ...testOf('reservation', 'reservation', reservation?.broker ?? '', of('reservation')),
    ...printers.flatMap(({ id, link }) =>
      testOf(id, 'printer', link, lotMembers.printers.of.words),
    ),
    ...scanners.flatMap(({ id, link }) =>
      testOf(id, 'scanner', link, lotMembers.scanners.of.words),
    ),
  ]
}

type TestsOf = (draft: SetupDraft, nameOf: NameOf) => readonly RowTest[]
const tests: Readonly<Partial<Record<SetupRowId, TestsOf>>> = {
  devices: deviceTests,
  charge: chargeTests,
}

/** All of a lot, in the order of the forms. A draft has one name of a lane, its lot file one in each language. */
export const allTests = (draft: SetupDraft, nameOf: NameOf): readonly RowTest[] =>
  Object.values(tests).flatMap((of) => of(draft, nameOf))

/** Rows tested elsewhere: copies on the page of copies, and the whole lot by its records. */
const besides: Readonly<Partial<Record<SetupRowId, SetupRow['test']>>> = {
  keep: 'missing',
  firstCar: 'passed',
}

/** Adds the test state to a filled-in row, with the names of untested parts. */
export function withTests(row: SetupRow, draft: SetupDraft, passedAt: PassedAt): SetupRow {
  if (row.state !== 'done') return row
  const all = tests[row.id]?.(draft, asTyped) ?? []
  if (all.length === 0) return { ...row, test: besides[row.id] ?? 'none' }
  const found = all.map((one) => ({ ...one, atIso: passedAt(one.wish) }))
  const missing = found.filter(({ atIso }) => atIso === null).map(({ name }) => name)
  if (missing.length === 0) {
    const [first] = found.flatMap(({ atIso }) => atIso ?? []).sort()
    return { ...row, test: 'passed', testedAtIso: first ?? null }
  }
  const [zh, en] = [
    missing.map((one) => one.zh).join('、'),
    missing.map((one) => one.en).join(', '),
  ]
  const why = t(`${row.why.zh};还没有测试:${zh}`, `${row.why.en}; not tested yet: ${en}`)
  return { ...row, why, test: 'missing' }
}
