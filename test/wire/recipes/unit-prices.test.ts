// The number of program files that a further fact needs: a made-up row of each register is added to a copy,
// which is compiled and run, its window with the scripted lot of the component tests. Not tested here: a camera is its
// folder and a page its declaration (beside this file).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '#base/pure/values/must.ts'
import { cleanUp, newFolder, Program } from '../kit/live-program.ts'
import { repository, runNode } from '../kit/program.ts'
import { treeWith, type RecipeTree } from '../kit/recipe-tree.ts'
import { prices } from './prices.ts'
import { inRooms } from '../../tidy/rooms.ts'
import { readTree } from '../../tidy/tree.ts'

function filesAsAfter(): Record<string, string> {
  const all = Object.values(prices).flatMap(([, written]) => Object.entries(written))
  return Object.fromEntries(
    all.map(([path, [behind, row]]) => {
      if (behind === '') return [path, row]
      const text = readFileSync(join(repository, path), 'utf8')
      const [before, ...after] = text.split(behind)
      expect(after, `${path}: ${behind}`).toHaveLength(1)
      return [path, `${present(before, path)}${behind}\n  ${row}\n${present(after[0], path)}`]
    }),
  )
}

/** Prints the copy's results for the rows as one line of JSON. */
const question = `
import { readFileSync } from 'node:fs'
import { checkLot } from './firmware-runtime/lane/lot/files/lot-file.ts'
import { actWord, reasonWord } from './firmware-runtime/money/desk/report/report-words.ts'
import { changesOf } from './firmware-runtime/lane/desk/setup/lot-words.ts'
import { draftOfLot } from './firmware-runtime/lane/desk/setup/draft-of-lot.ts'
import { setupDraft } from './firmware-runtime/lane/calls/setup-draft.ts'
import { whyOf } from './firmware-runtime/lane/pure/explain/why.ts'
import { laneContent } from './firmware-runtime/devices/passport/lane-content.ts'
import { faultJson, faults, LaneFault } from './firmware-runtime/base/pure/faults/faults.ts'
import { manualText } from './firmware-runtime/devices/pure/lane/driver-text.ts'
import { top } from './renderer/i18n/frame.ts'
import { reason } from './renderer/i18n/lane.ts'
import { said } from './renderer/i18n/said.ts'
import { attentionRows } from './firmware-runtime/base/pure/words/attention.ts'
import { addressOf } from './firmware-runtime/base/pure/values/matter-thing.ts'

const [file, tariffFile] = process.argv.slice(2)
const lot = JSON.parse(readFileSync(file, 'utf8'))
const tariff = JSON.parse(readFileSync(tariffFile, 'utf8'))
const operator = { url: 'https://127.0.0.1:8443', caFile: 'ca.pem', certDir: 'certs', appId: 'A1' }
const first = (more, laneMore, toyPace) => ({
  ...lot,
  ...more,
  operator: { ...operator, ...toyPace },
  lanes: lot.lanes.map((one) => ({ ...one, ...laneMore })),
})
const refused = (value) => {
  try {
    checkLot(value, 'lot.json')
    return null
  } catch (error) {
    return error.detail?.field ?? String(error)
  }
}
const config = checkLot(first({ toyLimit: 5 }, { toyDepth: 6, toy: 'sim:toy' }, { toyPace: 7 }), 'lot.json')
const before = checkLot(first({}, {}, {}), 'lot.json')
const passage = ['toyReason', 'toyKind'].map((reason, seq) => ({
  seq, kind: 'exception', atMs: 0, laneId: 'exit', stayId: 's', body: { reason },
}))
const draft = draftOfLot({ config, tariff })
const [own] = config.lanes
const passport = await laneContent(
  { config, lane: own, device: null, wiring: null, version: '1', profiles: [], tests: [], versionOf: () => null, photo: async () => null },
  { by: 'a', reason: 'b', certificateId: null, atMs: 0 },
)
const [up, down] = [{ state: 'up' }, { state: 'down' }]
const devices = { rsu: up, camera: up, barrier: up, display: up, toy: down }
const called = attentionRows([{ laneId: own.id, devices, car: null }], { businessMs: 0, silentMs: () => 60_000, lostMs: () => 0 })
console.log(
  JSON.stringify({
    refused: [
      refused(first({ toyLimit: 10 }, {}, {})),
      refused(first({}, { toyDepth: 10 }, {})),
      refused(first({}, {}, { toyPace: 10 })),
      refused(first({}, { toy: 'nonsense' }, {})),
    ],
    isDraft: setupDraft().safeParse(draft).success,
    draft: [
      draft.settings?.toyLimit,
      Object.values(draft.devices?.lanes ?? {})[0]?.toyDepth,
      draft.operator?.toyPace,
      Object.values(draft.devices?.lanes ?? {})[0]?.toy,
    ],
    changes: changesOf({ config: before, tariff }, { config, tariff }).map(({ what, after }) => [what.zh, after?.zh]),
    window: [JSON.stringify(reason).includes('试因'), said.word.toyCard?.zh, JSON.stringify(said).includes('试异')],
    kind: [top.toy.zh, called.map(({ device, page, thing }) => [device, addressOf(page, thing)]), passport.identity.find(({ device }) => device === 'toy')?.value],
    fault: { ...faultJson(new LaneFault('MEMBER-97', { field: '/toy', value: '9' }), 'en').error, means: faults['MEMBER-97'].means.en },
    driver: manualText('toyReason', 0).zh,
    explained: whyOf(passage, () => ({ zh: '', en: '' }), {}).flatMap(({ lines }) => lines.map(({ zh }) => zh)),
    report: [reasonWord('toyReason'), actWord('toyKind')].map(({ zh }) => zh),
  }),
)
`

/** Runs in the copy, beside the component tests. */
const ofForm = `
import { expect, it } from 'vitest'
import { done, eachOn, lastOf, sign } from './kit/acts-kit.ts'
import { named, one, press, submit, type } from './kit/page.ts'

const lot = eachOn('/coupons')

it('is opened, filled in and sent', async () => {
  lot().replies.set('coupons.toy', done)
  await press('toy')
  expect(document.body.innerText).toContain('试几张')
  await type('[name="most"]', '10')
  await sign()
  expect(lastOf(lot(), 'coupons.toy')).toBeUndefined()
  await type('[name="most"]', '3')
  expect(one(named('do')).textContent?.trim()).toBe('试 3 张')
  await submit()
  expect(lastOf(lot(), 'coupons.toy')).toMatchObject({ most: 3 })
})
`
/** Runs in the copy, beside the component tests. */
const ofTable = `
import { expect, it } from 'vitest'
import { bringTable, done, eachOn, lastOf, sign } from './kit/acts-kit.ts'
import { all, named, press, textOf } from './kit/page.ts'

const lot = eachOn('/toy')

it('is brought by the page that names it', async () => {
  const diff = { added: [{ no: 'P-1', points: 7 }], bad: [], digest: 'd'.repeat(64) }
  lot().replies.set('toy.compare', { ok: true, data: diff })
  lot().replies.set('toy.import', done)
  expect(all(named('template'))).toHaveLength(1)
  expect(textOf('import')).toBe('带入试表')
  await bringTable(lot(), 'toy.compare', 'x')
  expect(textOf('diff-added')).toContain('P-1 · 7')
  await press('write')
  await sign()
  expect(lastOf(lot(), 'toy.import')).toMatchObject({ text: 'x', digest: 'd'.repeat(64) })
})
`
const configs = ['vitest.config.ts', 'tsconfig.base.json', 'tsconfig.web.json']
const window = ['renderer', 'installers/dev', 'test', ...configs]

let tree: RecipeTree
let said: Record<string, unknown>
const dir = join(newFolder(), 'lot')

beforeAll(async () => {
  tree = await treeWith(16, filesAsAfter(), window)
  const made = await tree.run('lot', 'init', '--data', dir, '--mode', 'demo', '--charge', 'card')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  writeFileSync(join(tree.root, 'question.ts'), question)
  const files = [join(dir, 'lot.json'), join(dir, 'tariff.json')]
  const ran = await runNode([join(tree.root, 'question.ts'), ...files])
  expect(ran.stderr).toBe('')
  said = JSON.parse(ran.stdout) as Record<string, unknown>
})
afterAll(cleanUp)

it.each(Object.entries(prices))('%s: so many files', (_what, [files, written]) => {
  expect(Object.keys(written)).toHaveLength(files)
})

describe('a setting', () => {
  it('is in the lot file within its bounds, in the draft of the forms, and in the list of changes', () => {
    expect(said).toMatchObject({
      refused: ['/toyLimit', '/lanes/0/toyDepth', '/operator/toyPace', '/lanes/0/toy'],
      isDraft: true,
      draft: [5, 6, 7, 'sim:toy'],
    })
    expect(said['changes']).toEqual(
      expect.arrayContaining([
        [expect.stringContaining('试限'), '5'],
        [expect.stringContaining('试深'), '6'],
        [expect.stringContaining('试速'), '7'],
        [expect.stringContaining('试具'), 'sim:toy'],
      ]),
    )
  })
})

describe('a reason', () => {
  it('is shown in the window, to the driver, in reports and where a passage is explained', () => {
    expect(said).toMatchObject({
      window: [true, '试卡', true],
      driver: '试 请稍候 请联系值班员',
      report: ['试因', '试异'],
      explained: [expect.stringContaining('试 请稍候'), expect.stringContaining('试异')],
    })
  })
})

it('a fault is reported with its field and value, and with what its class means', () => {
  expect(said['fault']).toMatchObject({
    code: 'MEMBER-97',
    message: 'A toy fault',
    todo: 'Mend the toy',
    means: 'The list was not changed; the lanes keep running',
    field: '/toy',
    value: '9',
  })
})

describe('a kind of device', () => {
  it('has its sign of health, calls a person when it is lost, and is in the passport', () => {
    expect(said['kind']).toEqual(['试具', [['toy', '/gear/entry/toy']], 'sim:'])
  })
  /** Lower the number with each file that names it no more. */
  it('is still named outside its folders by so many files', () => {
    const own = /^firmware-runtime\/(base\/pure\/device-kinds|devices\/pure\/display)\//
    const naming = [...readTree()].filter(
      ([path, text]) => inRooms(path) && !own.test(path) && text.includes("'display'"),
    )
    expect(naming.map(([path]) => path)).toHaveLength(14)
  })
})

/** Runs a component test in the copy. */
async function passesInWindow(name: string, text: string): Promise<void> {
  writeFileSync(join(tree.root, `test/renderer/${name}.test.ts`), text)
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const args = ['run', '--project', 'ui', '--root', tree.root, `test/renderer/${name}.test.ts`]
  const ran = await runNode([vitest, ...args])
  expect(ran.stdout + ran.stderr).toMatch(/Tests .*1 passed/)
}

describe('a call and a table', () => {
  let run: Program
  beforeAll(async () => {
    run = new Program(['run', '--data', dir], [], 'ignore', tree.program)
    await run.ready()
  })
  it('the call is a command with its flags, answered by the lot that runs', async () => {
    const flags = ['--most', '3', '--by', '店主', '--reason', '试']
    const ran = await tree.run('coupons', 'toy', '--data', dir, ...flags, '--json')
    expect(JSON.parse(ran.stdout)).toMatchObject({ ok: true, most: 3 })
  })

  it('the call is a form on its page, with label and button of its row and the limits of its arguments', () =>
    passesInWindow('toy-form', ofForm))

  it('the table is compared, and written over the list with which it was compared', async () => {
    const text = '编号,积分\nP-1,7\nP-2,9\n'
    const who = (n: number) => ({ commandId: `toy-import-${n}`, by: '店主', reason: '试' })
    const { digest, ...diff } = await run.call<{ digest: string }>('toy.compare', { text })
    const added = [
      { no: 'P-1', points: 7 },
      { no: 'P-2', points: 9 },
    ]
    expect(diff).toMatchObject({ added, bad: [] })
    const stale = run.call('toy.import', { text, digest: '0'.repeat(64), ...who(1) })
    await expect(stale).rejects.toThrow('POINTS-02')
    const bad = run.call('toy.import', { text: '编号,积分\nP-1,x\n', digest, ...who(2) })
    await expect(bad).rejects.toThrow('line 2')
    expect(await run.call('toy.import', { text, digest, ...who(3) })).toMatchObject({ ok: true })
    expect(await run.call('toy.compare', { text })).toMatchObject({ added: [] })
  })

  it('the table is brought by the page that names it', () => passesInWindow('toy-table', ofTable))
})
