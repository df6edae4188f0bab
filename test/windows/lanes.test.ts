// The lanes of the Windows package under wine: a day replayed to the same ledger as on Linux, folders with long and Chinese names,
// the demo with its simulators killed and restarted with a car inside, a COM port, and the task of the service with its action.
// The lanes are those of the package. Under this machine's wine they run on a Node that wine 8 supports; under wine 10,
// if the machine has it, everything is as packed.
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
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackupView } from '#ledger/calls/backup-views.ts'
import type { BoardView, LaneView, StatusView } from '#lane/calls/views.ts'
import { present } from '#base/pure/values/must.ts'
import { isHeld } from '#base/desk/service/service-names.ts'
import {
  taskFile,
  taskXml,
  windowsRemovals,
  windowsSteps,
} from '#base/desk/service/windows-task.ts'
import { admin, loops, picture, type Endpoints } from '../e2e/demo-sims.ts'
import { eventually } from '../kit/eventually.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { cleanUp, newFolder, Program, runToEnd } from '../wire/kit/live-program.ts'
import { obu, plate } from '../wire/kit/one-car.ts'
import { nothingFree } from '../wire/kit/run-lot.ts'
import { theaterwall } from '../wire/kit/program.ts'
import { wine10, wineHere, Windows, type WindowsProgram } from './wine.ts'

afterAll(cleanUp)

for (const wine of [wineHere, wine10])
  describe.skipIf(wine.missing !== null)(`the lanes under ${wine.name}`, () => {
    const dir = wine.missing === null ? mkdtempSync(join(tmpdir(), 'etc-lane-wine-')) : ''
    const here = new Windows(dir, wine)
    beforeAll(async () => {
      here.begin()
      await here.layLanes()
    })
    afterAll(() => {
      here.end()
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    })

    describe('a day of a car park', () => {
      const day = ['--days', '1', '--charge', 'card']
      /** A path may have 400 bytes, which is 134 Chinese characters. */
      const longest = `C:\\${'长'.repeat(80)}\\${'路'.repeat(51)}`
      const folders = [
        ['a Chinese name and a space', 'C:\\车场 一号\\账本'],
        ['as many letters as Windows knows', `C:\\${'a'.repeat(200)}\\${'b'.repeat(190)}`],
        ['as many bytes as a path may have', `${longest}abc`],
      ]
      let onLinux: Readonly<Record<string, unknown>>
      beforeAll(async () => {
        const [data, trace] = [join(newFolder(), 'lot'), theaterwall(newFolder())]
        cpSync(trace, here.linux('C:\\trace.csv'))
        onLinux = (await runToEnd(['replay', '--trace', trace, '--data', data, ...day])).json
      })

      it.each(folders)('has the ledger of Linux, row by row, in a folder of %s', (_what, data) => {
        const { code, json } = here.lanes(
          ...['replay', '--trace', 'C:\\trace.csv', '--data', data, ...day],
        )
        const { ledger, platform, invariants } = onLinux
        expect([code, json]).toMatchObject([0, { ok: true, ledger, platform, invariants }])
        const { headSeq, headHash } = ledger as { headSeq: number; headHash: string }
        expect(here.lanes('ledger', 'verify', '--data', data)).toMatchObject({
          code: 0,
          json: { ok: true, chain: 'ok', headSeq, headHash, faults: [] },
        })
      })

      it('refuses a folder of one byte more, by its code', () => {
        const { code, json } = here.lanes('lot', 'check', '--data', `${longest}abcd`)
        expect([code, json]).toMatchObject([2, { error: { code: 'DATA-03' } }])
      })
    })

    describe('the demo with its simulators', () => {
      const data = 'C:\\演示 车场'
      let demo: WindowsProgram
      const start = async (): Promise<Endpoints> => {
        demo = here.start(here.node, here.program, 'demo', '--headless', '--data', data)
        return (await demo.ready()) as unknown as Endpoints
      }
      const lane = async (laneId: string): Promise<LaneView> => {
        const { lanes } = await demo.call<BoardView>('board.get')
        return present(
          lanes.find((one) => one.laneId === laneId),
          laneId,
        )
      }
      /** A car comes, the boom rises, and it drives on. */
      async function passes(laneId: 'entry' | 'exit', { sims }: Endpoints): Promise<void> {
        const own = sims[laneId]
        await eventually(() => lane(laneId), { of: demo }).toMatchObject({
          state: 'idle',
          barrier: { position: 'closed', arrive: 'off' },
        })
        await loops(own, true, false)
        await picture(own, plate)
        const barrier = async () => (await lane(laneId)).barrier
        await eventually(barrier, { of: demo }).toMatchObject({ position: 'open' })
        await loops(own, false, true)
        await eventually(barrier, { of: demo }).toMatchObject({ under: 'on' })
        await loops(own, false, false)
        await eventually(() => lane(laneId), { of: demo }).toMatchObject({ state: 'idle' })
      }
      const inside = async (): Promise<number> => (await demo.call<StatusView>('status.get')).inside

      it('comes up, each lane with its devices, and kill -9 leaves a folder that begins again', async () => {
        const { sims } = await start()
        expect(Object.values({ ...sims.entry, ...sims.exit }).length).toBe(4)
        for (const laneId of ['entry', 'exit'])
          await eventually(() => lane(laneId), { of: demo }).toMatchObject({
            state: 'idle',
            barrier: { position: 'closed' },
          })
        await demo.kill()
        // From here on even a short stay costs money.
        writeFileSync(here.linux(`${data}\\tariff.json`), nothingFree)
      })

      it('keeps a car inside over kill -9, and lets it out for its money, once', async () => {
        const first = await start()
        const before = await inside()
        await passes('entry', first)
        await eventually(inside, { of: demo }).toBe(before + 1)
        await demo.kill()

        const again = await start()
        expect(await inside()).toBe(before + 1)
        await admin(present(again.sims.exit.rsu, 'its antenna'), 'POST', '/cars', obu)
        await passes('exit', again)
        await eventually(inside, { of: demo }).toBe(before)
        await demo.kill()

        const rows = ledgerRows(here.linux(data))
        const stays = rows.filter((row) => row.kind === 'stayOpened' && row.body.plate === plate)
        expect(stays).toHaveLength(1)
        const ofStay = rows.filter(({ stayId }) => stayId === stays[0]?.stayId)
        const ofKind = (kind: string) => ofStay.filter((row) => row.kind === kind)
        expect(ofKind('payment')).toMatchObject([{ body: { means: 'etc' } }])
        expect(ofKind('stayClosed')).toMatchObject([{ body: { end: 'etc' } }])
      })

      it('is reported and printed, and goes on at a new machine from its copy', () => {
        const at = ['--data', data]
        const reported = (...more: string[]) => here.lanes('report', 'day', ...at, ...more)
        // Searched twice, because the search index in memory is rebuilt each time.
        for (const took of [1, 2])
          expect([took, reported()]).toMatchObject([took, { code: 0, json: { kind: 'day' } }])
        expect(reported('--format', 'pdf', '--out', 'C:\\日报.pdf').code).toBe(0)
        expect(readFileSync(here.linux('C:\\日报.pdf')).toString('latin1', 0, 5)).toBe('%PDF-')

        const act = ['--by', '装机员', '--reason', '换电脑']
        for (const name of ['钥匙', '第二处']) mkdirSync(here.linux(`C:\\${name}`))
        const key = here.lanes('backup', 'key', ...at, '--to', 'C:\\钥匙', ...act)
        const [keyFile = ''] = key.json['files'] as string[]
        expect(here.lanes('backup', 'place', ...at, '--to', 'C:\\第二处', ...act).code).toBe(0)
        const copied = here.lanes('backup', 'now', ...at)
        expect(copied).toMatchObject({ code: 0, json: { ok: true, isWhole: true } })
        const from = ['--from', 'C:\\第二处', '--recovery-key', keyFile]
        const { headHash } = copied.json
        const restored = here.lanes('backup', 'restore', '--data', 'C:\\新电脑', ...from, ...act)
        expect(restored).toMatchObject({ code: 0, json: { ok: true, headHash, damaged: [] } })
      })

      it('opens its lanes at the new machine, and no more at the one that comes back', async () => {
        const begun = performance.now()
        const next = here.start(here.node, here.program, 'run', '--data', 'C:\\新电脑')
        await next.ready()
        const readyMs = Math.round(performance.now() - begun)
        process.stdout.write(
          `${wine.name}: the lanes are ready at the new machine in ${readyMs} ms\n`,
        )
        expect(here.lanes('run', '--data', data)).toMatchObject({
          code: 78,
          json: { error: { code: 'COPY-15' } },
        })
        await next.call('backup.now', { begin: false })
        const fault = async () => (await next.call<BackupView>('backup.status')).fault?.code
        await eventually(fault, { of: next }).toBe('COPY-16')
        await next.kill()
      })

      it('has a ledger and an audit that verify, and nothing that doctor finds wrong', () => {
        const at = ['--data', data]
        expect(here.lanes('ledger', 'verify', ...at)).toMatchObject({
          code: 0,
          json: { ok: true, chain: 'ok', checkpoints: { key: 'present' }, faults: [] },
        })
        expect(here.lanes('audit', 'verify', ...at)).toMatchObject({ code: 0, json: { ok: true } })
        const { code, json } = here.lanes('doctor', ...at)
        expect([code, json]).toMatchObject([0, { ok: true }])
        // Of each of its three platforms: the lot's own and the platform's.
        const of = (json['certificates'] as { of: string }[]).map((one) => one.of)
        const each = ['platform', 'operator', 'etcOperator'] as const
        expect(of).toEqual(each.flatMap((id) => [id, id]))
        // The disk space of this machine does not matter here.
        expect(json['faults']).not.toContainEqual(
          expect.objectContaining({ code: expect.stringMatching(/^(?!UPKEEP)/) as string }),
        )
      })
    })

    it('finds an antenna at a COM port by asking it, and sets its power', async () => {
      const [variant, pty] = ['generic-len', join(newFolder(), 'antenna')]
      const own = ['--admin', 'http://127.0.0.1:0', '--timing', 'instant', '--power', '8']
      const sim = new Program(['rsu-sim', ...own, '--listen', `pty:${pty}`, '--variant', variant])
      const antenna = (await sim.ready()) as unknown as { readonly admin: string }
      here.port('COM33', pty)
      const read = here.lanes('rsu', 'read', '--link', 'serial:com33')
      expect([read.code, read.json]).toMatchObject([0, { variant }])
      expect(read.json['link']).toMatch(/^serial:COM33\b/)
      const who = ['--by', '装机员', '--reason', '试功率']
      const link = ['--link', `serial:COM33?variant=${variant}&power=8`, '--state', 'C:\\antenna']
      await admin(antenna, 'POST', '/cars', obu)
      const applied = here.lanes('rsu', 'apply', ...link, ...who, '--set', 'powerStep=12')
      expect([applied.code, applied.json]).toMatchObject([0, { ok: true, end: 'kept' }])
      expect(await admin(antenna, 'GET', '/state')).toMatchObject({ powerStep: 12 })
      await sim.stop()
    })

    describe('the service of a lot', () => {
      const data = 'C:\\服务 车场'

      const plan = { dir: data, node: here.node, program: here.program }
      const inFolder = (name: string): string => here.linux(`${data}\\${name}`)
      /** Process number of the lanes by their own file; null: none are ready. */
      const lanesPid = (): number | null => {
        const file = inFolder('run\\runtime.json')
        return existsSync(file)
          ? (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid
          : null
      }
      const another = (than: number | null) => (pid: number | null) => pid !== null && pid !== than

      it('is refused where the rights of the program cannot be read, as here', () => {
        const made = ['--mode', 'demo', '--charge', 'card', '--layout', '7.1.1']
        expect(here.lanes('lot', 'init', '--data', data, ...made).code).toBe(0)
        expect(here.lanes('install', '--data', data)).toMatchObject({
          code: 2,
          json: { error: { code: 'SERVICE-04' } },
        })
        expect(existsSync(inFolder('etc-lane-task.xml'))).toBe(false)
      })

      it('has a task that the scheduler takes and takes away, but not a broken one', () => {
        const file = taskFile(data)
        const write = (text: string): void =>
          writeFileSync(here.linux(file), `\uFEFF${text}`, 'utf16le')
        const steps = windowsSteps(plan, 'LANE\\admin').map(({ words }) => words)
        const create = present(
          steps.find((words) => words.includes('/Create')),
          'the task is made',
        )
        write(taskXml(plan).replace('</Task>', '</Tusk>'))
        expect(here.run(create).code).not.toBe(0)
        write(taskXml(plan))
        expect(here.run(create).code).toBe(0)
        // Wine can neither switch a task off nor end one.
        const remove = present(
          windowsRemovals('etc-lane').find((words) => words.includes('/Delete')),
          'the task is removed',
        )
        expect(here.run(remove).code).toBe(0)
        expect(here.run(remove).code).not.toBe(0)
      })

      it('is begun again by its action, waits after a fault that no restart cures, and goes on when it is mended', async () => {
        const task = new XMLParser({ parseTagValue: false }).parse(taskXml(plan)) as {
          Task: { Actions: { Exec: { Command: string; Arguments: string } } }
        }
        const { Command, Arguments } = task.Task.Actions.Exec
        expect(Command).toBe(here.node)
        // Like the task scheduler: the program, and its arguments as one line that the program has to split.
        const starter = `require('node:child_process').spawn(${JSON.stringify(Command)}, [${JSON.stringify(Arguments)}],
        { argv0: ${JSON.stringify(`"${Command}"`)}, windowsVerbatimArguments: true, stdio: 'inherit' })`
        writeFileSync(here.linux('C:\\task.cjs'), starter)
        const action = here.start(here.node, 'C:\\task.cjs')
        let pid: number | null = null
        const killed = (): void =>
          void here.run(['taskkill', '/F', '/PID', String(present(pid, 'lanes run'))])
        for (let n = 0; n < 3; n++) {
          pid = await eventually(lanesPid, another(pid), { of: action })
          if (n < 2) killed()
        }
        const lot = readFileSync(inFolder('lot.json'), 'utf8')
        writeFileSync(inFolder('lot.json'), lot.replace('{', '{"colour":"red",'))
        killed()
        const note = (): string => readFileSync(inFolder('run\\service.json'), 'utf8')
        await eventually(note, (text) => isHeld(text), { of: action })
        const { ends } = JSON.parse(note()) as { ends: { exit: number; said: string }[] }
        expect(ends.at(-1)).toMatchObject({
          exit: 78,
          said: expect.stringContaining('LOT-02') as string,
        })
        writeFileSync(inFolder('lot.json'), lot)
        await action.kill()
        const next = here.start(here.node, 'C:\\task.cjs')
        await eventually(lanesPid, another(pid), { of: next })
        expect(isHeld(note())).toBe(false)
        await next.kill()
      })

      it('is looked at by doctor, who names no command of Linux', () => {
        const { json } = here.lanes('doctor', '--service', '--data', data)
        const commands = (json['left'] as { command: string }[]).map(({ command }) => command)
        expect(commands.join('\n')).toContain(`icacls '${data}' /inheritance:r`)
        expect(commands.join('\n')).not.toMatch(/chmod|chown|sudo|systemctl/)
      })
    })
  })
