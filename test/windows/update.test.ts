// Updates of the task's lanes under wine: `keep-running` begins what was chosen. Prepared from a folder, switched, taken back
// after each kind of end, and gone back from by a person. What wine cannot show is a numbered check of docs/windows.md.
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpointOf, postCall } from '#runtime/api/runtime-client.ts'
import { runFileOf } from '#base/calls/run-file.ts'
import { keepSlots, keptSlots } from '#runtime/slots/slots-file.ts'
import { finalExits } from '#lane/pure/lot/service-ends.ts'
import { noSlots, switched } from '#runtime/pure/update/slots.ts'
import { builtId } from '../../installers/dev/build-id.mjs'
import { eventually } from '../kit/eventually.ts'
import { nextVersion, type NextVersion } from '../kit/next-version.ts'
import { publisherIn } from '../kit/signed-release.ts'
import { placeScript, slotOf } from '../kit/slot-program.ts'
import { ledgerRows } from '../wire/kit/ledger-rows.ts'
import { wine10, wineHere, Windows, type WindowsProgram } from './wine.ts'

/** The table of ends takes minutes, because each start waits. */
const isFull = process.env['ETC_LANE_SCALE'] === 'full'
const whole = it.skipIf(!isFull)
const atIso = '2026-07-01T10:00:00.000+08:00'
const made = ['--mode', 'demo', '--charge', 'card', '--layout', '7.1.1'] as const
const installed = builtId().version
const [major, minor, number] = installed.split('.')
const ahead = (count: number): string => `${major}.${minor}.${Number(number) + count}`
const [good, bad] = [ahead(2), ahead(3)]

for (const wine of [wineHere, wine10])
  describe.skipIf(wine.missing !== null)(`updates under ${wine.name}`, () => {
    const dir = wine.missing === null ? mkdtempSync(join(tmpdir(), 'etc-lane-wine-')) : ''
    const here = new Windows(dir, wine)
    const data = 'C:\\更新 车场'
    const lot = here.linux(data)
    const counts: Record<string, number> = {}
    const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1)
    let keeping: WindowsProgram

    async function publish(folder: string): Promise<void> {
      mkdirSync(folder)
      const publisher = publisherIn(folder)
      const release = async (name: string, next: NextVersion): Promise<void> => {
        const nodeBinary = here.linux(here.node)
        const out = mkdtempSync(join(dir, 'made-'))
        const published = await nextVersion(out, { ...next, system: 'win32-x64', nodeBinary })
        const place = publisher.publish(published)
        cpSync(place, here.linux(`C:\\U盘\\${name}`), { recursive: true })
        for (const used of [out, place]) rmSync(used, { recursive: true })
      }
      await release('older', { ahead: 1 })
      await release('good', { ahead: 2 })
      await release('bad', { ahead: 3, plant: 'start' })
      cpSync(publisher.root, here.linux('C:\\U盘\\1.root.json'))
    }

    beforeAll(async () => {
      here.begin()
      await here.layLanes()
      // The working folder is searched before those of Windows: the program for the firewall is a Node here, which runs a script
      // of the name of its first word.
      linkSync(here.linux(here.node), join(dir, 'netsh.exe'))
      const rules =
        "require('node:fs').appendFileSync('C:/rules', process.argv.slice(2).join(' ') + '\\n')"
      writeFileSync(join(dir, 'advfirewall'), rules)
      await publish(join(dir, 'published'))
    })
    afterAll(() => {
      process.stdout.write(`${wine.name}: ${JSON.stringify(counts)}\n`)
      here.end()
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    })

    const update = (...words: readonly string[]) => {
      const [act = '', ...more] = words
      const { code, json } = here.lanes('update', act, '--data', data, ...more)
      return { code, json }
    }
    const keepRunning = (): void => {
      keeping = here.start(here.node, here.program, 'keep-running', '--data', data)
    }
    interface Note {
      readonly held: boolean
      readonly ends: readonly { readonly exit: number | null; readonly said: string }[]
    }
    /** What `keep-running` wrote of the ends. */
    const note = (): Note =>
      JSON.parse(readFileSync(join(lot, 'run', 'service.json'), 'utf8')) as Note
    const lanesPid = (): number => runFileOf(lot)?.pid ?? 0
    const end = (pid: number): void =>
      void expect(here.run(['taskkill', '/F', '/PID', String(pid)]).code).toBe(0)

    /** As the end of the task, or of the machine. */
    async function endAll(): Promise<void> {
      await keeping.kill()
      const live = lanesPid()
      if (live !== 0) here.run(['taskkill', '/F', '/PID', String(live)])
    }

    /** The version that answers, once other lanes than `after` do. */
    async function runs(after = 0): Promise<string> {
      await eventually(lanesPid, (pid) => pid !== 0 && pid !== after, { of: keeping })
      const live = runFileOf(lot)
      if (live === null) throw new Error('no lanes')
      const { endpoints } = live
      const tokenFile = here.linux(endpoints.tokenFile)
      const at = endpointOf({ ...live, endpoints: { ...endpoints, tokenFile } })
      const reply = await postCall(at, { name: 'updates.get', args: {} })
      const { data: view } = reply as { data: { here: string; running: { version: string } } }
      expect(view.here).toBe('lanes')
      return view.running.version
    }
    const prepared = (name: string): void =>
      void expect(update('prepare', '--from', `C:\\U盘\\${name}`)).toMatchObject({
        code: 0,
        json: { ok: true, is: 'newer' },
      })
    async function switchTo(version: string): Promise<void> {
      const before = lanesPid()
      expect(update('use', '--slot', `${version}-next`, '--by', '店主')).toMatchObject({
        code: 0,
        json: { ok: true, begins: 'onceFree' },
      })
      expect(await runs(before)).toBe(version)
      count('switched')
    }

    it('is prepared beside the running lanes, which do not notice', async () => {
      expect(here.lanes('lot', 'init', '--data', data, ...made).code).toBe(0)
      keepRunning()
      expect(await runs()).toBe(installed)
      const before = lanesPid()
      expect(update('back', '--by', '店主', '--reason', '慢')).toMatchObject({
        code: 2,
        json: { error: { code: 'UPDATE-09' } },
      })
      expect(update('trust', '--root', 'C:\\U盘\\1.root.json', '--write').code).toBe(0)
      prepared('good')
      expect([lanesPid(), note().ends]).toEqual([before, []])
    })

    it('refuses an older version than it has seen, and one that was not tried', () => {
      expect(update('prepare', '--from', 'C:\\U盘\\older')).toMatchObject({
        code: 2,
        json: { error: { code: 'UPDATE-03' } },
      })
      expect(update('use', '--slot', `${ahead(1)}-next`, '--by', '店主')).toMatchObject({
        code: 2,
        json: { error: { code: 'UPDATE-08' } },
      })
      count('downgrades refused')
    })

    it('begins again as the slot, from its own folder', async () => {
      await switchTo(good)
      expect(note().ends).toMatchObject([{ exit: 0 }])
      expect(keptSlots(lot)).toMatchObject({ active: { version: good }, before: null })
    })

    // Programs of wine 10 have the folder of its own root as their working folder.
    it.skipIf(wine !== wineHere)(
      'lets cameras in to the Node of the slot, since a rule of the firewall is for one program',
      async () => {
        const name = 'firewall RULE rule name=etc-lane-update'
        const node = `${data}\\update\\slots\\${good}-next\\node.exe`
        const rules = (): string => readFileSync(here.linux('C:\\rules'), 'utf8')
        await eventually(rules).toBe(
          [
            name.replace('RULE', 'delete'),
            `${name.replace('RULE', 'add')} dir=in action=allow profile=any program=${node}`,
            '',
          ].join('\n'),
        )
      },
    )

    it('is taken back when it is killed on trial', async () => {
      const before = lanesPid()
      end(before)
      expect(await runs(before)).toBe(installed)
      expect(keptSlots(lot)).toMatchObject({ active: null, last: { why: 'crashed', from: good } })
      count('taken back after a kill')
    })

    it('stays on trial when the task ends, and all below it, as with the machine', async () => {
      prepared('good')
      await switchTo(good)
      const before = lanesPid()
      await endAll()
      keepRunning()
      expect(await runs(before)).toBe(good)
      expect(keptSlots(lot)).toMatchObject({ active: { version: good }, trial: {} })
      count('ends of the task')
    })

    it('goes back when a person wants it', async () => {
      const before = lanesPid()
      expect(update('back', '--by', '店主', '--reason', '慢')).toMatchObject({
        code: 0,
        json: { ok: true, from: good, to: installed },
      })
      expect(await runs(before)).toBe(installed)
      expect(keptSlots(lot).last).toMatchObject({ why: 'person', note: '店主: 慢' })
      count('gone back')
    })

    whole('takes back a version that dies at each start', async () => {
      const before = lanesPid()
      const ends = note().ends.length
      prepared('bad')
      expect(update('use', '--slot', `${bad}-next`, '--by', '店主').code).toBe(0)
      expect(await runs(before)).toBe(installed)
      expect(keptSlots(lot)).toMatchObject({ active: null, last: { why: 'crashed', from: bad } })
      // The installed program in order, and the bad one.
      expect(note().ends.slice(ends)).toMatchObject([{ exit: 0 }, { exit: 1 }])
      count('switched')
      count('taken back at its start')
    })

    const slot = slotOf('99.0.1')
    const began = join(lot, 'began')
    const ends = [0, 1, 2, ...finalExits]
    const startsSeen = (): number => readFileSync(began, 'utf8').split('\n').length - 1
    async function begins(exit: number, isOnTrial: boolean): Promise<void> {
      await endAll()
      // Lanes that still end would hold the folder, and a start beside them is not counted.
      rmSync(join(lot, 'run', 'lock'), { force: true })
      const folder = join(lot, 'update', 'slots', slot.name)
      rmSync(folder, { recursive: true, force: true })
      const script = `import { appendFileSync } from 'node:fs'
appendFileSync(${JSON.stringify(`${data}\\began`)}, process.pid + '\\n')
setTimeout(() => process.exit(${exit}), 100)`
      placeScript(lot, slot, script)
      linkSync(here.linux(here.node), join(folder, 'node.exe'))
      writeFileSync(began, '')
      const onTrial = switched(noSlots, slot, { atIso, headSeq: 0 })
      keepSlots(lot, isOnTrial ? onTrial : { ...onTrial, trial: null })
      rmSync(join(lot, 'run', 'service.json'), { force: true })
      keepRunning()
    }
    const held = (): boolean => existsSync(join(lot, 'run', 'service.json')) && note().held

    it.each(isFull ? ends : [])('a slot on trial that ends with %i', async (exit) => {
      const before = lanesPid()
      await begins(exit, true)
      if (finalExits.includes(exit)) {
        await eventually(held).toBe(true)
        expect([startsSeen(), note().ends]).toMatchObject([1, [{ exit }]])
      } else {
        expect(await runs(before)).toBe(installed)
        expect(startsSeen()).toBe(1)
        expect(keptSlots(lot).last).toMatchObject({ why: 'crashed', from: slot.version })
      }
      count(`table, on trial: exit ${exit}`)
    })

    it.each(isFull ? ends : [])('a slot after its trial that ends with %i', async (exit) => {
      await begins(exit, false)
      if (finalExits.includes(exit)) {
        await eventually(held).toBe(true)
        expect(startsSeen()).toBe(1)
      } else await eventually(startsSeen, (seen) => seen >= 2)
      expect(keptSlots(lot)).toMatchObject({ active: slot, last: null })
      count(`table, kept: exit ${exit}`)
    })

    it('leaves a whole ledger that tells each switch and each way back', async () => {
      await endAll()
      keepSlots(lot, noSlots)
      expect(here.lanes('ledger', 'verify', '--data', data)).toMatchObject({
        code: 0,
        json: { ok: true, chain: 'ok' },
      })
      const acts = ledgerRows(lot).flatMap((row) =>
        row.kind === 'audit' && row.body.act.startsWith('program.') ? [row.body.act] : [],
      )
      const of = (act: string): number => acts.filter((one) => one === act).length
      counts['rows program.switched'] = of('program.switched')
      counts['rows program.takenBack'] = of('program.takenBack')
      expect(of('program.switched')).toBe(counts['switched'])
    })
  })
