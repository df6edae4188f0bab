// The query of an acceptance at a platform of Liaoning, over HTTPS: it carries the proof of the lot's authorisation code,
// without which the access platform does not answer, and leaves the code file unchanged.
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { platformWords } from '#acceptance/desk/folder/platform-words.ts'
import { objectOf } from '../../../simulators/platform/rig.ts'
import { simFolder, startPlatform } from '../../../simulators/platform/sim-process.ts'

const folder = simFolder()
const config = { provinceCode: '2101' } as LotConfig
const numbers = [{ op: 'charge', businessNo: 'P1', amountFen: 500 }] as const

it('carries the authorisation code, and says what the platform has', async () => {
  const books = join(folder(), 'books.db')
  const place = ['--listen', 'https://127.0.0.1:0', '--admin', 'http://127.0.0.1:0']
  const { first, certDir } = await startPlatform(
    ...place,
    '--books',
    books,
    '--variant',
    'liaoning',
  )
  const { baseUrl, caFile, appId } = objectOf(first['endpoints'])
  const joined = { url: String(baseUrl), caFile: String(caFile), appId: String(appId), certDir }
  const code = readFileSync(join(certDir, 'access.code'), 'utf8')
  const asked = await platformWords(config, joined, numbers)
  expect(asked).toMatchObject({ unasked: null, words: [{ says: 'hasNot', state: 'notFound' }] })
  expect(readFileSync(join(certDir, 'access.code'), 'utf8')).toBe(code)
  expect(existsSync(join(certDir, 'access.code.sealed'))).toBe(false)
  // Without a server, the rest is not queried after three silences.
  const five = ['P1', 'P2', 'P3', 'P4', 'P5'].map((businessNo) => ({ ...numbers[0], businessNo }))
  const dead = { ...joined, url: 'https://127.0.0.1:1' }
  const begun: string[] = []
  let open = 0
  const silent = await platformWords(config, dead, five, ({ businessNo, url, request }) => {
    begun.push(`${request.method} ${url} ${businessNo}`)
    open++
    return () => open--
  })
  expect([begun, open]).toEqual([['P1', 'P2', 'P3'].map((no) => `GET ${dead.url} ${no}`), 0])
  const states = silent.words.map(({ says, state }) => [says, state === 'silence'])
  expect(states).toEqual(five.map((_, i) => ['unasked', i > 2]))
  // With another lot's code the proof is refused, and nothing is said about the number.
  const other = join(folder(), 'other')
  cpSync(certDir, other, { recursive: true })
  writeFileSync(join(other, 'access.code'), 'SIMULATED9999\n')
  const { words } = await platformWords(config, { ...joined, certDir: other }, numbers)
  expect(words).toHaveLength(1)
  expect(words[0]?.state).not.toBe('notFound')
})
