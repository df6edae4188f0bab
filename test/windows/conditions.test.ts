// What differs between Windows machines, under wine: a file that another program holds, code pages, line ends, OneDrive and
// the time zone of the machine. docs/windows.md has the whole table.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, theaterwall } from '../wire/kit/program.ts'
import { newFolder } from '../wire/kit/live-program.ts'
import type { StatusView } from '#lane/calls/views.ts'
import { eventually } from '../kit/eventually.ts'
import { pidsOf, wine10, wineHere, Windows } from './wine.ts'

const made = ['--mode', 'demo', '--charge', 'card', '--layout', '7.1.1'] as const
const crlf = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n')

for (const wine of [wineHere, wine10])
  describe.skipIf(wine.missing !== null)(`conditions of Windows under ${wine.name}`, () => {
    const dir = wine.missing === null ? mkdtempSync(join(tmpdir(), 'etc-lane-conditions-')) : ''
    const here = new Windows(dir, wine)
    beforeAll(async () => {
      here.begin()
      await here.layLanes()
    })
    afterAll(() => {
      here.end()
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    })

    describe('a file that another program holds', () => {
      beforeAll(() => {
        // Node takes the types away by itself.
        for (const name of ['whole-file', 'held-path', 'sync-folder'])
          cpSync(
            join(repository, 'firmware-runtime', 'base', 'files', `${name}.ts`),
            here.linux(`C:\\files\\${name}.ts`),
          )
        // 0x10000000 is UV_FS_O_EXLOCK: the file is opened for nobody beside.
        writeFileSync(
          here.linux('C:\\hold.cjs'),
          `const { openSync, writeFileSync } = require('node:fs')
          openSync(process.argv[2], 0x10000000)
          writeFileSync('C:/held', '')
          setTimeout(() => process.exit(), Number(process.argv[3]))`,
        )
        writeFileSync(
          here.linux('C:\\write.mjs'),
          `import { spawn } from 'node:child_process'
          import { existsSync, rmSync } from 'node:fs'
          import { writeWhole } from 'file:///C:/files/whole-file.ts'
          const [, , file, ms] = process.argv
          rmSync('C:/held', { force: true })
          const holder = spawn(process.execPath, ['C:/hold.cjs', file, ms])
          const look = setInterval(() => {
            if (!existsSync('C:/held')) return
            clearInterval(look)
            const from = performance.now()
            let said = 'written'
            try { writeWhole(file, 'new') } catch (error) { said = error.code }
            console.log(JSON.stringify({ said, ms: performance.now() - from }))
            holder.kill()
          }, 5)`,
        )
      })

      it.each([
        ['C:\\a.json', 200, 'written'],
        ['C:\\车场 一.json', 1_000, 'written'],
        ['C:\\b.json', 30_000, 'EBUSY'],
      ])('%s, held for %i ms: %s', (file, heldMs, said) => {
        writeFileSync(here.linux(file), 'old')
        const ran = here.run([here.node, 'C:\\write.mjs', file, String(heldMs)])
        const { ms, ...rest } = JSON.parse(ran.out.trim()) as { said: string; ms: number }
        expect(rest).toEqual({
          said: expect.stringMatching(
            new RegExp(`^(?:${said}|${said === 'EBUSY' ? 'EPERM' : said})$`),
          ) as string,
        })
        expect(readFileSync(here.linux(file), 'utf8')).toBe(said === 'written' ? 'new' : 'old')
        // The file was held indeed.
        expect(ms).toBeGreaterThan(Math.min(heldMs, 2_000) / 4)
      })
    })

    it.each(['437', '936', '65001'])('writes UTF-8 whatever the code page: %s', (page) => {
      const folder = `C:\\页 ${page}`
      expect(here.lanes('lot', 'init', '--data', folder, ...made).code).toBe(0)
      // A batch file is read in the code page of the console: its own words are ASCII.
      const [node, program] = ['C:\\lanes\\node.exe', 'C:\\lanes\\dist\\runtime\\main.mjs']
      if (!existsSync(here.linux('C:\\lanes')))
        cpSync(here.linux(here.home), here.linux('C:\\lanes'), { recursive: true })
      const lines = ['@echo off', `chcp ${page} >nul`, `"${node}" "${program}" %*`, '']
      writeFileSync(here.linux('C:\\go.cmd'), lines.join('\r\n'))
      const said = here.run(['cmd', '/c', 'C:\\go.cmd', 'lot', 'check', '--data', folder, '--json'])
      const { ok, siting } = JSON.parse(said.out) as { ok: boolean; siting: unknown[] }
      expect([said.code, ok]).toEqual([0, true])
      // A reason of the siting in Chinese: whole, in UTF-8.
      expect(JSON.stringify(siting)).toContain('还没有测量')
    })

    it.each(['lot.json', 'tariff.json', 'both'])('reads %s with line ends of Windows', (which) => {
      const folder = `C:\\行 ${which}`
      expect(here.lanes('lot', 'init', '--data', folder, ...made).code).toBe(0)
      for (const name of ['lot.json', 'tariff.json'])
        if (which === 'both' || which === name) {
          const file = here.linux(`${folder}\\${name}`)
          writeFileSync(file, crlf(readFileSync(file, 'utf8')))
        }
      const { code, json } = here.lanes('lot', 'check', '--data', folder)
      expect([code, json]).toMatchObject([0, { ok: true }])
    })

    it.each([
      ['C:\\users\\a\\OneDrive\\车场', {}],
      ['C:\\users\\a\\OneDrive - 公司\\Desktop\\lot', {}],
      ['C:\\云\\车场', { OneDrive: 'C:\\云' }],
    ])('makes no lot in OneDrive: %s', (folder, env) => {
      mkdirSync(here.linux('C:\\云'), { recursive: true })
      const { code, json } = here.lanesIn(env, 'lot', 'init', '--data', folder, ...made)
      expect([code, json]).toMatchObject([2, { error: { code: 'DATA-04' } }])
    })

    it('tells that its lanes stood still when their process was stopped, and doubts no clock', async () => {
      // Another run of these tests may have lanes of the same path.
      const folder = `C:\\停 ${process.pid} ${here.dir.slice(-6)}`
      expect(here.lanes('lot', 'init', '--data', folder, ...made).code).toBe(0)
      const lanes = here.start(here.node, here.program, 'run', '--data', folder, '--json')
      const faults = async (): Promise<readonly string[]> => {
        const { upkeep } = await lanes.call<StatusView>('status.get')
        return (upkeep?.faults ?? []).map(({ code }) => code)
      }
      await lanes.ready()
      const pids = pidsOf(here.node, folder)
      expect(pids).toHaveLength(1)
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      await new Promise((done) => setTimeout(done, 12_000))
      for (const pid of pids) process.kill(pid, 'SIGCONT')
      await eventually(faults, (codes) => codes.includes('RUN-06'), { of: lanes })
      await lanes.kill()
      const { json } = here.lanes('ledger', 'query', '--data', folder, '--kind', 'event')
      const types = (json['rows'] as { type: string }[]).map(({ type }) => type)
      // A busy machine may stand still once more.
      expect(types).toContain('stoodStill')
      expect(types.filter((type) => type.startsWith('clock'))).toEqual([])
    })

    it('has the same ledger in every time zone of the machine', () => {
      cpSync(theaterwall(newFolder()), here.linux('C:\\trace.csv'))
      const day = ['--trace', 'C:\\trace.csv', '--days', '1', '--charge', 'card']
      const heads = ['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'].map((zone, n) => {
        const { code, json } = here.lanesIn({ TZ: zone }, 'replay', ...day, '--data', `C:\\tz${n}`)
        expect(code).toBe(0)
        return (json['ledger'] as { headHash: string }).headHash
      })
      expect(new Set(heads).size).toBe(1)
    })
  })
