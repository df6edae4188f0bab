// The lanes of a window become a service of the computer by one act: the window asks for the administrator, the hosted
// lanes end, those of the service begin, and the same window shows them. polkit and the service manager are scripts of this
// test; test/package/service.test.ts does the same with a real systemd.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runFileOf } from '#base/calls/run-file.ts'
import { eventually } from '../kit/eventually.ts'
import { program } from '../wire/kit/program.ts'
import { RunLot } from '../wire/kit/run-lot.ts'
import {
  goTo,
  removeFolder,
  setLooks,
  setSize,
  shotsDir,
  startStudio,
  tempFolder,
  type Studio,
} from './studio.ts'

const dir = tempFolder()
const bin = join(dir, 'bin')
const state = join(dir, 'installed')
const asked = join(dir, 'asked')
const lot = new RunLot({ variant: 'generic-bcc', rsuLink: 'tcp' })
let studio: Studio
const at = (name: string) => studio.page.locator(`[data-test="${name}"]`)
const shot = (name: string): Promise<unknown> =>
  studio.page.screenshot({ path: join(shotsDir, `service-${name}.png`) })

function script(name: string, text: string): void {
  const file = join(bin, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
}
const check = (id: string, verdict: string, why: string) => ({
  id,
  verdict,
  why: { zh: why, en: why },
})
const checks = (isThere: boolean): string =>
  JSON.stringify({
    ok: isThere,
    checks: ['unit', 'runs', 'begins'].map((id) =>
      check(id, isThere ? 'pass' : 'fail', isThere ? '' : `${id} is not there`),
    ),
  })

beforeAll(async () => {
  mkdirSync(bin)
  mkdirSync(shotsDir, { recursive: true })
  await lot.startSims()
  // A lot that was set up here, not a demo with simulators of its own.
  writeFileSync(join(lot.dir, 'setup.json'), '{"version":1}')
  script('pkexec', `echo "$*" >> ${asked}\nexec "$@"`)
  const run = `${process.execPath} ${program} run --data ${lot.dir}`
  script(
    'etc-lane',
    `case "$1" in
install) touch ${state}; setsid sh -c 'until ${run}; do sleep 1; done' > ${dir}/service.log 2>&1 & echo $! > ${dir}/pid; echo '{"ok":true}' ;;
doctor) if [ -e ${state} ]; then echo '${checks(true)}'; else echo '${checks(false)}'; exit 1; fi ;;
esac`,
  )
  const path = `${bin}:${process.env['PATH'] ?? ''}`
  studio = await startStudio({ dir, args: ['--data', lot.dir], env: { PATH: path } })
  await setLooks(studio.page, { language: 'zh', theme: 'light' })
  await setSize(studio, 1366, 768)
})
afterAll(async () => {
  await studio.close()
  const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'))
  process.kill(-pid, 'SIGTERM')
  await lot.close()
  removeFolder(dir)
})

it('says what is not done yet, and where', async () => {
  await goTo(studio.page, 'machine')
  await at('check-unit').getByText('没有办好').waitFor()
  await shot('before-light')
  await setLooks(studio.page, { language: 'en', theme: 'dark' })
  await setSize(studio, 1024, 600)
  await goTo(studio.page, 'machine')
  await at('check-unit').waitFor()
  await shot('before-en-dark-1024')
  await setLooks(studio.page, { language: 'zh', theme: 'light' })
})

it('one act asks for the administrator and hands the lanes over; the window shows those of the service', async () => {
  await goTo(studio.page, 'machine')
  await at('install').click()
  await studio.page.locator('[name="by"]').fill('王师傅')
  await shot('asks')
  const hosted = runFileOf(lot.dir)?.pid
  await at('do').click()
  await eventually(() => existsSync(state)).toBe(true)
  const begun = (): number | undefined => runFileOf(lot.dir)?.pid
  await eventually(() => begun() !== undefined && begun() !== hosted).toBe(true)
  // The window is loaded anew, and its calls are answered by the lanes of the service.
  const answers = (): Promise<unknown> =>
    studio.page.evaluate("lane.call('status.get', {})").catch(() => null)
  await eventually(answers).toMatchObject({ ok: true, data: { mode: 'demo' } })
  await studio.page.locator('.mode').getByText('演练').waitFor()
  await shot('after')
  if (process.getuid?.() !== 0)
    expect(readFileSync(asked, 'utf8')).toContain(`etc-lane install --soon --data ${lot.dir}`)
})
