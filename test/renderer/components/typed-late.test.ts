// What a person types in the set-up stays when an answer comes while he types, and is saved when answers come late.
import { expect, it } from 'vitest'
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { SetupRowId } from '#lane/calls/setup-views.ts'
import { wholeDraft } from '../../firmware-runtime/lane/desk/setup/setup-kit.ts'
import { all, fill, one, press, settle, type } from '../kit/page.ts'
import type { ScriptedLot } from '../kit/scripted-lot.ts'
import { openDraft } from '../pages/setup/setup-page.ts'

/** Holds the answers to saves back; the result lets them all come. */
function holdSaves(lot: ScriptedLot): () => Promise<void> {
  let release: () => void = () => undefined
  lot.waits.set('setup.save', new Promise<void>((done) => (release = done)))
  return async () => {
    release()
    lot.waits.delete('setup.save')
    // Saves are sent one after another: each takes its turn.
    for (let turn = 0; turn < 4; turn++) await settle()
  }
}

const open = (layout: string, link: string): SetupDraft => ({
  ...wholeDraft,
  lot: { ...wholeDraft.lot, lanes: [] },
  open: {
    layout,
    streets: [{ name: '民族大道', stand: 'parallel', spaces: [{ id: 'A01' }, { id: 'A02' }] }],
    sensors: [{ id: 'mag', link, spaces: {} }],
  },
})
const reader = { fence: null, gnss: '', marginM: null, staleSec: null }
const patrol: SetupDraft = {
  ...open('7.2.5', 'mqtt://192.0.2.9'),
  lot: {
    ...wholeDraft.lot,
    lanes: [
      { id: 'gantry', layout: '7.2.5', direction: 'exit', name: '门架' },
      { id: 'reader', layout: '7.2.5', direction: 'exit', name: '巡检车', reader },
    ],
  },
}
const platform = { url: 'https://a.example', caFile: '', certDir: '', appId: '' }
const joined: SetupDraft = { ...wholeDraft, charge: { mode: 'online', platform } }
const settleLater: SetupDraft = {
  ...joined,
  offline: { policy: 'settle-later', totalFen: 30_000, perChargeFen: 5000, count: 20, days: 3 },
}
const fieldsOfForm = (): HTMLInputElement[] =>
  all('[data-test="setup"] .form :is(input, textarea)[name]')
    .map((field) => field as HTMLInputElement)
    .filter((field) => !['radio', 'checkbox', 'file'].includes(field.type) && !field.disabled)
const isDigits = (field: HTMLInputElement): boolean =>
  field.getAttribute('inputmode') === 'decimal' || field.name === 'city'
const valueOf = (name: string): string => (one(`[name="${name}"]`) as HTMLInputElement).value

it.each<readonly [how: string, row: SetupRowId, draft: SetupDraft, least: number]>([
  ['enclosed', 'lot', wholeDraft, 9],
  ['of streets with a patrol car', 'lot', patrol, 17],
  ['of streets with piles', 'lot', open('7.2.2', 'push:nb-iot'), 12],
  ['with a camera that has a login', 'lot', open('7.2.4', 'dahua://192.0.2.64?user=a'), 12],
  ['enclosed', 'devices', wholeDraft, 10],
  ['of streets', 'devices', patrol, 4],
  ['by its platform', 'charge', joined, 8],
  ['within caps', 'offline', settleLater, 4],
  ['to a folder', 'keep', wholeDraft, 2],
  ['as proposed', 'tariff', wholeDraft, 8],
])('%s, the form of %s: every field keeps what is being typed', async (_how, row, draft, least) => {
  const { lot } = await openDraft(draft)
  await press(`row-${row}`)
  const names = fieldsOfForm().map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual(least)
  const lost: string[] = []
  for (const name of names) {
    const field = fieldsOfForm().find((one) => one.name === name)
    const other = fieldsOfForm().find((one) => one.name !== name)
    if (field === undefined || other === undefined) throw new Error(`the form has lost ${name}`)
    const typed = isDigits(field) ? '7' : 'B 7;'
    const answer = holdSaves(lot)
    await fill(other.name, other.value)
    await type(`[name="${name}"]`, typed)
    await answer()
    if (valueOf(name) !== typed) lost.push(`${name}: ${valueOf(name)}`)
  }
  expect(lost).toEqual([])
})

/** Two answers of different parts, or of one part, and what each must have put into the draft. */
const late: readonly (readonly [
  what: string,
  row: SetupRowId,
  draft: SetupDraft,
  answers: readonly (readonly [name: string, typed: string])[],
])[] = [
  [
    'antennas, and the fence between them',
    'lot',
    patrol,
    [
      ['open-gantry-rsu', 'tcp://192.0.2.20:9000'],
      ['reader-fence', '22.806123,108.366543,120'],
      ['open-reader-rsu', 'tcp://192.0.2.21:9000'],
      ['lane-reader', '一号车'],
    ],
  ],
  [
    'name, spaces and what an authority knows it by',
    'lot',
    patrol,
    [
      ['name', '城东'],
      ['street-0-spaces', 'A01-A03'],
      ['qualification', '甲级'],
    ],
  ],
  [
    'settings of one group',
    'charge',
    joined,
    [
      ['largeAmountFen', '321.00'],
      ['url', 'https://p.example'],
    ],
  ],
  [
    'addresses of two lanes',
    'devices',
    wholeDraft,
    [
      ['entry-barrier', 'tcp://192.0.2.30:502'],
      ['exit-barrier', 'tcp://192.0.2.31:502'],
    ],
  ],
]
/** As a typed text stands in the draft. */
const partKept = (typed: string): string =>
  typed
    .replace('22.806123,108.366543,120', '22806123')
    .replace('A01-A03', 'A03')
    .replace('321.00', '32100')

/** Opens another form and this one again. */
async function openAnew(row: SetupRowId): Promise<void> {
  await press('row-people')
  await press(`row-${row}`)
}
it.each(late)('%s: all are kept when answers come late', async (_what, row, draft, answers) => {
  const { lot, ports } = await openDraft(draft)
  await press(`row-${row}`)
  const answer = holdSaves(lot)
  for (const [name, typed] of answers) await fill(name, typed)
  const shown = answers.map(([name]) => valueOf(name))
  const now = (): readonly string[] => answers.map(([name]) => valueOf(name))
  await openAnew(row)
  expect(now()).toEqual(shown)
  await answer()
  expect(now()).toEqual(shown)
  await openAnew(row)
  expect(now()).toEqual(shown)
  const kept = JSON.stringify(ports.draft.read())
  const parts = answers.map(([, typed]) => partKept(typed))
  expect(parts.filter((part) => !kept.includes(part))).toEqual([])
})

it('a refused answer leaves the fields as typed, and the next answer saves them', async () => {
  const { lot, ports } = await openDraft(wholeDraft)
  await press('row-charge')
  lot.refuses('setup.save', 'SETUP-01')
  await fill('largeAmountFen', '321.00')
  lot.replies.delete('setup.save')
  await openAnew('charge')
  expect(valueOf('largeAmountFen')).toBe('321.00')
  expect(ports.draft.read()?.settings?.largeAmountFen).not.toBe(32_100)
  await fill('largeAmountFen', '322.00')
  expect(ports.draft.read()?.settings?.largeAmountFen).toBe(32_200)
  await openAnew('charge')
  expect(valueOf('largeAmountFen')).toBe('322.00')
})

it('an undo takes back what was typed before it, also while that is being saved', async () => {
  const { lot, ports } = await openDraft(wholeDraft)
  await press('row-lot')
  await fill('name', '城东')
  const answer = holdSaves(lot)
  await fill('name', '城西')
  await press('undo')
  await answer()
  expect([valueOf('name'), ports.draft.read()?.lot?.name]).toEqual(['城东', '城东'])
})
