// Criteria of the library: a survey is judged by the shipped ones, and wrong ones are found with the rest of
// the library.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readLibrary } from './whole-library.ts'
import { assumedCriterion } from '#survey/pure/criterion.ts'
import { bytesOf, libraryFolder, put } from './shipped.ts'

const path = 'criteria/d6.json'
const text = readFileSync(join(libraryFolder, path), 'utf8')
const shipped = () => JSON.parse(text) as Record<string, unknown>
const problemPaths = (value: unknown, at = path): string[] =>
  readLibrary([{ path: at, bytes: bytesOf(value) }]).findings.map(({ code, file, pointer }) =>
    `${code} ${file} ${pointer}`.trim(),
  )

type Count = 'obusMin' | 'placesMin' | 'rounds' | 'stressDb'

it('is what a survey is judged by until a person cites the text', () => {
  const shippedOnes = shipped() as {
    [name in 'triesMin' | 'readsMax' | 'neighbourDbmMax' | Count]: { value: number | null }
  } & { procedure: { zh: string; en: string } }
  const { triesMin, readsMax, neighbourDbmMax, procedure } = shippedOnes
  const { obusMin, placesMin, rounds, stressDb } = shippedOnes
  expect(assumedCriterion).toEqual({
    status: 'assumed',
    text: '',
    source: '',
    triesMin: triesMin.value,
    readsMax: readsMax.value,
    obusMin: obusMin.value,
    placesMin: placesMin.value,
    rounds: rounds.value,
    stressDb: stressDb.value,
    neighbourDbmMax: neighbourDbmMax.value,
    procedure: { zh: procedure.zh, en: procedure.en },
  })
  expect(problemPaths(shipped())).toEqual([])
})

it.each([
  ['no JSON', '{', `FILE-02 ${path}`],
  ['a status that nobody can have', { '/status': 'documented' }, `PROFILE-01 ${path} /status`],
  ['a stray member', { '/limit': 1 }, `PROFILE-01 ${path} /limit`],
  ['no procedure', { '/procedure': undefined }, `PROFILE-01 ${path} /procedure`],
  [
    'a field beyond physics',
    { '/neighbourDbmMax/value': 40 },
    `PROFILE-01 ${path} /neighbourDbmMax/value`,
  ],
  ['more misreads than tries', { '/readsMax/value': 100 }, `PROFILE-05 ${path} /readsMax/value`],
  [
    'a source that is none',
    { '/triesMin/source': 'hearsay' },
    `PROFILE-12 ${path} /triesMin/source`,
  ],
])('%s is found', (_, change, finding) => {
  const value = typeof change === 'string' ? change : shipped()
  if (typeof change !== 'string')
    for (const [pointer, part] of Object.entries(change))
      put(value as Record<string, unknown>, pointer, part)
  expect(problemPaths(value)).toEqual([expect.stringContaining(finding)])
})

it('another place than its content says is found', () => {
  expect(problemPaths(shipped(), 'criteria/d7.json')).toEqual(['PROFILE-02 criteria/d7.json'])
})
