// The formats of one acceptance record: JUnit as CI tools read it, CSV with one line per item, JSON in full, and a
// comparison of two runs.
import { XMLParser } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { acceptanceItems } from '#acceptance/pure/items/index.ts'
import { compareRuns, runOfRecord, runOfSession } from '#acceptance/desk/record/compare.ts'
import { acceptanceDocument } from '#acceptance/desk/service/document.ts'
import type { AcceptRecord } from '#acceptance/desk/record/record.ts'
import { junitOf } from '#acceptance/desk/record/junit.ts'
import { recordCsv, recordJson } from '#acceptance/desk/record/record-text.ts'
import { noSession } from '#acceptance/desk/service/session.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { cardFacts } from '../../pure/scene.ts'
import { recordOf } from './record-kit.ts'

const facts = cardFacts()
const record = recordOf({ ...facts, accesses: [] })
const count = (verdict: string) => record.items.filter((item) => item.verdict === verdict).length

interface Suite {
  readonly [member: `@${string}`]: string
  readonly testcase: readonly {
    readonly '@name': string
    readonly failure?: { readonly '@message': string }
    readonly error?: object
    readonly skipped?: object
  }[]
}

function suitesOf(xml: string): readonly Suite[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['testsuite', 'testcase'].includes(name),
  })
  const read = parser.parse(xml, true) as { testsuites: { testsuite: readonly Suite[] } }
  return read.testsuites.testsuite
}

it('JUnit has a suite an appendix, and nothing open is a pass', () => {
  const suites = suitesOf(junitOf(record, 'en'))
  expect(suites.map((suite) => suite['@name'])).toEqual(['E', 'F', 'G', 'H', 'I', 'R'])
  const sum = (name: 'tests' | 'failures' | 'errors' | 'skipped') =>
    suites.reduce((all, suite) => all + Number(suite[`@${name}`]), 0)
  expect(sum('tests')).toBe(acceptanceItems.length)
  expect(count('incomplete')).toBeGreaterThan(0)
  expect([sum('failures'), sum('errors'), sum('skipped')]).toEqual(
    ['fail', 'incomplete', 'notApplicable'].map(count),
  )
  const cases = suites.flatMap(({ testcase }) => testcase)
  expect(cases.filter((one) => one.error !== undefined)).toHaveLength(count('incomplete'))
  for (const suite of suites) {
    expect(suite['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    expect(suite['@hostname']).toBe('GX00099')
    expect(Number(suite['@tests'])).toBe(suite.testcase.length)
  }
})

it('JUnit has members in the order of the schema, and no byte that XML may not hold', () => {
  const [item, ...items] = record.items
  const words = t('a', `<b> & "c" \u0001 \ud800`)
  const bad = {
    ...record,
    items: item === undefined ? [] : [{ ...item, verdict: 'fail' as const, words }, ...items],
  }
  const xml = junitOf(bad, 'en')
  expect(xml).not.toMatch(/[\u0000-\u0008]|&(?!amp;|lt;|gt;|quot;|#39;)/)
  const [first] = suitesOf(xml)
  expect(first?.testcase[0]?.failure?.['@message']).toContain('<b>')
  const order = [...xml.matchAll(/<(properties|testcase|system-out|system-err)\b/g)].map(
    ([, name]) => name,
  )
  const suite = order.slice(0, order.indexOf('system-err') + 1)
  expect(suite[0]).toBe('properties')
  expect(suite.slice(-2)).toEqual(['system-out', 'system-err'])
})

it('CSV has a line an item, and no cell that a spreadsheet would run', () => {
  const [item, ...items] = record.items
  const words = t('=1+1', '=1+1')
  const given = {
    ...record,
    items: item === undefined ? [] : [{ ...item, words, evidence: [] }, ...items],
  }
  const lines = recordCsv(given, 'en').split('\r\n')
  const two = 'conformance,compatibility,quirks'
  expect(lines[0]).toBe(`\uFEFFclause,id,title,verdict,${two},why,simulated,judgedAt,evidence`)
  expect(lines[1]).toContain(",'=1+1,")
  expect(
    recordCsv(given, 'zh')
      .split('\r\n')
      .filter((line) => /^[E-IR]\.|^10/.test(line)),
  ).toHaveLength(acceptanceItems.length)
})

it('each form says where the text only recommends, and what a quirk of a peer explains', () => {
  const [first, second, ...items] = record.items
  if (first === undefined || second === undefined) throw new Error('two items')
  const tolerated = { compatibility: 'pass', quirks: ['noRequestId'] } as const
  const given: AcceptRecord = {
    ...record,
    head: {
      ...record.head,
      quirks: [{ id: 'noRequestId', clause: '9.3.3.4', words: t('x', 'x') }],
    },
    items: [
      { ...first, verdict: 'fail', conformance: 'fail', ...tolerated },
      { ...second, verdict: 'pass', conformance: 'warn', compatibility: 'pass' },
      ...items,
    ],
  }
  const lines = recordCsv(given, 'en').split('\r\n')
  expect(lines[1]).toContain(',fail,fail,pass,noRequestId,')
  expect(lines[2]).toContain(',pass,warning,pass,,')
  const xml = junitOf(given, 'en')
  expect(xml).toContain('name="quirks" value="noRequestId"')
  expect(xml).toContain('compatibility pass noRequestId')
  expect(xml).toContain('conformance warn')
  const text = JSON.stringify(acceptanceDocument(given, 0, 'en'))
  for (const said of ['compatible: pass (noRequestId)', 'warning', 'noRequestId: x'])
    expect(text).toContain(said)
})

it('JSON is the record, whole and in its one form', () => {
  expect(JSON.parse(recordJson(record))).toEqual(JSON.parse(canonicalJson(record)))
})

it('two runs differ by item, of two lots or two times', () => {
  const made = { program: '1.2.3', lotId: 'GX00001', pack: record.head.pack }
  const atIso = 'x'
  const results = Object.fromEntries(
    record.items.map(({ id, verdict, words, simulated }) => [
      id,
      { verdict, words, simulated, evidence: [], atIso },
    ]),
  )
  const session = { ...noSession, sessionId: 'A1', fromMs: 0, made, results }
  const same = compareRuns(runOfRecord(record), runOfSession(session))
  expect(same).toMatchObject({ same: acceptanceItems.length, differs: [], b: { lotId: 'GX00001' } })
  const { E1: _e1, ...rest } = results
  const e2 = { ...results['E2'], verdict: 'fail' as const, words: t('坏', 'bad') }
  const other = { ...session, results: { ...rest, E2: e2 } as typeof session.results }
  const { differs } = compareRuns(runOfRecord(record), runOfSession(other))
  expect(differs).toMatchObject([
    { id: 'E1', a: {}, b: null },
    { id: 'E2', b: { verdict: 'fail' } },
  ])
})
