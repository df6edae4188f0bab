// The runtime bundle: packages inside, native ones outside, in several files, and it really runs.
// A small entry stands in for the runtime, so that a package that cannot be bundled is detected here.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { repository } from '../../tidy/tree.ts'

const cache = join(repository, '.cache')
let folder = ''
const entry = `
import { createServer } from 'node:http'
import { request } from 'undici'
import { sm3 } from 'sm-crypto-v2'
import sm from 'sm-crypto'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import iconv from 'iconv-lite'
import { SerialPort } from 'serialport'
import HID from 'node-hid'
import { DatabaseSync } from 'node:sqlite'
const app = createServer((_, response) => response.end(JSON.stringify({ digest: sm3('abc') })))
await new Promise((done) => app.listen(0, '127.0.0.1', done))
const answer = await request('http://127.0.0.1:' + app.address().port)
const same = sm.sm3('abc') === sm3('abc')
const parts = [XMLParser, SerialPort, HID.devices, DatabaseSync, z.string]
const kinds = [...new Set(parts.map((part) => typeof part))]
const gbk = iconv.encode('测', 'gbk').toString('hex')
console.log(JSON.stringify({ answer: await answer.body.json(), same, kinds, gbk }))
app.close()
`

beforeAll(async () => {
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'bundle-'))
  writeFileSync(join(folder, 'entry.ts'), entry)
  const out = { ssr: join(folder, 'entry.ts'), outDir: join(folder, 'out'), sourcemap: false }
  const configFile = join(repository, 'vite.node.config.ts')
  await build({ configFile, mode: 'runtime', logLevel: 'error', build: out })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('names only its own parts, built-in modules and the two native packages', () => {
  const files = readdirSync(join(folder, 'out'))
  expect(files).toContain('main.mjs')
  const text = files.map((file) => readFileSync(join(folder, 'out', file), 'utf8')).join('\n')
  const named = [...text.matchAll(/(?<=^|;)import\b[^'"`;(\n]*"([^"]+)"/gm)].map(([, name]) => name)
  const own = files.map((file) => `./${file}`)
  const outside = named.filter((name = '') => !name.startsWith('node:') && !own.includes(name))
  expect(new Set(outside)).toEqual(new Set(['serialport', 'node-hid']))
})

it('runs, and says nothing on stderr', () => {
  const out = execFileSync(process.execPath, [join(folder, 'out', 'main.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  expect(JSON.parse(out)).toEqual({
    answer: { digest: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0' },
    same: true,
    kinds: ['function'],
    gbk: 'b2e2',
  })
})
