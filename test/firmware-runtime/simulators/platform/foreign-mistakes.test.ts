// A third party's client written from docs/platform-sim.md alone: a lot that does everything lawful is accepted, then each
// mistake is refused by the code that the page states for it.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { objectOf } from './rig.ts'
import { simFolder, startPlatform } from './sim-process.ts'

const root = new URL('../../../../', import.meta.url)
const clientFile = fileURLToPath(new URL('test/fixtures/platform-mistakes.py', root))
const page = readFileSync(new URL('docs/platform-sim.md', root), 'utf8')
const folder = simFolder()

test('a lawful lot is accepted whole, and each mistake is refused by its code', async () => {
  const files = ['--books', join(folder(), 'books'), '--certs', join(folder(), 'certs')]
  const sim = await startPlatform(...files, '--tac', 'any')
  const child = execFile('python3', [clientFile, sim.baseUrl, 'TEST0001', sim.certDir])
  let [out, errors] = ['', '']
  child.stdout?.on('data', (text: string) => (out += text))
  child.stderr?.on('data', (text: string) => (errors += text))
  const [code]: unknown[] = await once(child, 'close')
  expect(errors).toBe('')
  const steps = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => objectOf(JSON.parse(line)))
  expect(steps.filter(({ wanted, respCode }) => wanted !== respCode)).toEqual([])
  expect(code).toBe(0)
  const mistakes = steps.filter(({ wanted }) => !String(wanted).startsWith('1'))
  expect(mistakes.length).toBeGreaterThanOrEqual(90)
  // A refusal names the member, unless it is about the whole body.
  const nameless = mistakes.filter(({ detail }) => objectOf(detail)['field'] === undefined)
  expect(nameless).toEqual([])
  const codes = new Set(steps.map(({ wanted }) => String(wanted)))
  expect([...codes].filter((one) => !page.includes(`| ${one} |`))).toEqual([])
  const { json } = await sim.admin('GET', '/books?kind=exceptions')
  expect(json['rows']).toMatchObject([{ matched: true }, { matched: false }])
  expect((await sim.admin('GET', '/state?appId=NOBODY')).json).toMatchObject({ records: 0 })
  expect((await sim.admin('GET', '/state?appId=TEST0001')).json).toMatchObject({ exceptions: 2 })
})
