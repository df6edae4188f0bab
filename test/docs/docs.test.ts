// The generated parts of the documents agree with the tables of the code, and pages stay short.
// After a change of a table: ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs writes them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../firmware-runtime/commands.ts'
import { rsuVerbs } from '#devices/desk/commands/rsu.ts'
import { blockIn, blocks, withBlock } from './blocks.ts'
import { withHeads } from './command-block.ts'
import {
  clausesIn,
  contradictions,
  coverage,
  coverageFaults,
  shownByWhole,
  stateOf,
  type CoverageTable,
} from './coverage-block.ts'
import { bestOf, overclaimed, shownLines } from './shown-runs.ts'
import { readTree } from '../tidy/tree.ts'
import { pictureDigest, pictureNote, screenDigest, type PictureNote } from './kept-picture.ts'

const usage = (await Promise.all(commands.map(({ load }) => load()))).flatMap((one) => one.usage)

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const writing = process.env['ETC_LANE_WRITE_DOCS'] === '1'

describe.each(blocks())('$name of $document', (block) => {
  if (writing) writeFileSync(join(root, block.document), withBlock(read(block.document), block))

  it('is what the tables of the code give', () => {
    const found = blockIn(read(block.document), block.name)
    expect(found, 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs').toBe(block.lines.join('\n'))
  })
  it('is seen to differ when a line is missing, changed or there twice', () => {
    const text = read(block.document)
    const [first = '', ...rest] = block.lines
    for (const lines of [rest, [`${first} `, ...rest], [first, first, ...rest]])
      expect(blockIn(withBlock(text, { ...block, lines }), block.name)).not.toBe(
        block.lines.join('\n'),
      )
    const unmarked = text.replace(`<!-- end of ${block.name} -->`, '')
    expect(blockIn(unmarked, block.name)).toBeNull()
    expect(blockIn(`${text}\n${text}`, block.name)).toBeNull()
  })
})

describe('the picture of the lane board', () => {
  const tree = readTree()
  const note = JSON.parse(read(pictureNote)) as PictureNote
  it('is of the screen as it is drawn now', () => {
    const todo = 'ETC_LANE_WRITE_DOCS=1 npm test e2e takes it anew'
    expect(note, todo).toEqual({ picture: pictureDigest(root), madeFrom: screenDigest(tree) })
  })
  it('is seen to be old when a part of the screen changes', () => {
    const path = 'renderer/pages/lane/LaneScreen.vue'
    const changed = new Map([...tree, [path, `${tree.get(path)} `]])
    expect(screenDigest(changed)).not.toBe(note.madeFrom)
  })
})

describe('what coverage claims', () => {
  const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts'))
  it('is shown by tests that are there', () => {
    expect(coverageFaults(coverage(), tests)).toEqual([])
  })
  it('does not contradict itself', () => {
    expect(contradictions(coverage())).toEqual([])
    expect(clausesIn('5.2.1 f, h; 5.2.2 b to d')).toEqual([
      '5.2.1 f',
      '5.2.1 h',
      '5.2.2 b',
      '5.2.2 c',
      '5.2.2 d',
    ])
    const one = { tests: ['test/a.test.ts'], text: 'all of it' }
    const rows: CoverageTable['rows'] = [
      { ...one, clause: '5.2 d' },
      { ...one, clause: '5.2 c to e', text: 'the second is missing' },
    ]
    expect(contradictions([{ id: 'guangxi', rows }])).toHaveLength(2)
  })
  const row = { clause: '1', text: '', tests: ['test/a.test.ts'] }
  it.each([
    ['a test that is not there', { ...row, tests: ['test/none.test.ts'] }],
    ['a folder without tests', { ...row, tests: ['test/none/'] }],
    ['a state that somebody wrote', { ...row, state: 'built' }],
    ['nothing that it lacks', { ...row, lacks: ' ' }],
  ] as [string, CoverageTable['rows'][number]][])('is refused with %s', (_, bad) => {
    expect(coverageFaults([{ id: 'guangxi', rows: [bad] }], ['test/a.test.ts'])).toHaveLength(1)
    expect(coverageFaults([{ id: 'guangxi', rows: [row] }], ['test/a.test.ts'])).toEqual([])
  })
  it('has a state by what a whole run has shown, whatever anybody writes', () => {
    const shown = ['test/a.test.ts']
    const said = { ...row, state: 'built' }
    expect(stateOf(said, [])).toBe('not shown')
    expect(stateOf(said, ['test/b.test.ts'])).toBe('not shown')
    expect(stateOf({ ...said, tests: [...row.tests, 'test/b/'] }, shown)).toBe('not shown')
    expect(stateOf({ ...said, tests: [] }, shown)).toBe('gap')
    expect(stateOf({ ...said, lacks: 'the other half' }, shown)).toBe('part')
    expect(stateOf(row, shown)).toBe('built')
  })
  it('calls shown what rows claim, and nothing else', () => {
    const claimed = coverage().flatMap(({ rows }) => rows.flatMap(({ tests: own }) => own))
    expect(shownByWhole().filter((path) => !claimed.includes(path))).toEqual([])
  })
})

describe('what a run has shown', () => {
  const rule = (verdict: string) => ({ verdict, simulated: true })
  const run = (verdict: string) => ({ test: 'test/a.test.ts', rules: { D7: rule(verdict) } })
  const lineOf = (runs: Parameters<typeof shownLines>[0]): string =>
    shownLines(runs).find((line) => line.includes('| D7 ')) ?? ''
  it('is shown by a pass alone, and says what else was said', () => {
    expect(lineOf({ a: run('pass') })).toContain('| shown, simulated: `test/a.test.ts` |')
    expect(lineOf({ a: run('fail') })).toContain('| not shown: fail |')
    expect(lineOf({})).toContain('| not shown: no run judges it |')
    expect(lineOf({})).toContain('lossMax 1 %')
  })
  it('is more than a run found where a pass is kept that it did not find', () => {
    expect(overclaimed(run('pass'), run('incomplete'))).toEqual(['D7: incomplete'])
    expect(overclaimed(run('pass'), { test: '', rules: {} })).toEqual(['D7: not judged'])
    expect(overclaimed(run('incomplete'), run('pass'))).toEqual([])
    expect(bestOf([{ D7: rule('fail') }, { D7: rule('pass') }])).toEqual({ D7: rule('pass') })
  })
})

it('figure 1 shows every interface, figure C.1 every clause of 9.1', () => {
  const text = read('docs/architecture.md')
  for (const path of ['exit-charges', 'exceptions', 'refunds', 'sign-in'])
    expect(blockIn(text, 'figure-1')).toContain(path)
  for (const letter of ['a', 'b', 'c', 'd'])
    expect(blockIn(text, 'figure-c1')).toContain(`(9.1 ${letter})`)
})

describe('the walk of one car', () => {
  const walk = /## One car\n([\s\S]*?)\n## /.exec(read('docs/architecture.md'))?.[1] ?? ''
  const stops = walk.split('\n').filter((line) => /^\d+\. /.test(line))
  it('has stops, and each names a file first', () => {
    expect(stops.length).toBeGreaterThan(5)
    for (const stop of stops) expect(stop).toMatch(/^\d+\. `[\w./-]+\.ts`/)
  })
})

it('the heads of the rows in the page of commands are the lines of --help', () => {
  const page = join(root, 'docs/cli.md')
  if (writing) writeFileSync(page, withHeads(read('docs/cli.md')))
  const text = read('docs/cli.md')
  expect(withHeads(text), 'run ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs').toBe(text)
  expect(withHeads(text.replace('| `run --data DIR` |', '| `run --dir DIR` |'))).toBe(text)
})

it('the page of commands and --help tell the same ways to call them', () => {
  const rows = read('docs/cli.md').match(/^\| `.*$/gm) ?? []
  const heads = rows.map((row) => row.split(/(?<!\\)\|/)[1]?.replaceAll('\\|', '|') ?? '')
  const spans = heads.flatMap((head) => [...head.matchAll(/`([^`]+)`/g)].map(([, text]) => text))
  const names = new Set(commands.map(({ name }) => name))
  const documented = spans.filter((text) => names.has(text?.split(' ', 1)[0] ?? ''))
  expect([...usage].sort()).toEqual(documented.sort())
})

it('the page of commands names every command and every verb of rsu', () => {
  const text = read('docs/cli.md')
  for (const { name } of commands) expect(text).toContain(`\`${name}`)
  for (const verb of rsuVerbs) expect(text).toContain(`\`rsu ${verb} `)
})
