// The command shown to a person when the clock is wrong: it asks the same server that answered, with its port where the
// tool supports one. A step runs `date`; without the right to set the clock there is no step.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { clockSetter } from '#base/time/clock-setter.ts'

it.each([
  ['127.0.0.1:53711', "sudo chronyd -q 'server 127.0.0.1 port 53711 iburst'"],
  ['[::1]:1123', "sudo chronyd -q 'server ::1 port 1123 iburst'"],
  ['ntp.aliyun.com:123', "sudo chronyd -q 'server ntp.aliyun.com iburst'"],
  ['ntp.aliyun.com', "sudo chronyd -q 'server ntp.aliyun.com iburst'"],
])('%s is asked by %s', (server, command) => {
  expect(clockSetter('linux').commandFor(server)).toBe(command)
})

it('on Windows names no server that its service could not ask', () => {
  const { commandFor } = clockSetter('win32')
  expect(commandFor('127.0.0.1:53711')).toBe('w32tm /resync /force')
  // Windows PowerShell 5 has no `&&`.
  expect(commandFor('ntp.aliyun.com')).toBe(
    'w32tm /config /manualpeerlist:ntp.aliyun.com /syncfromflags:manual /update; w32tm /resync /force',
  )
  expect(commandFor("ntp'; calc; '")).toContain("'/manualpeerlist:ntp''; calc; '''")
})

describe.skipIf(process.platform !== 'linux')('a step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'etc-date-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('hands `date` the moment that the clock should show, and that is what the real one reads', async () => {
    const args = join(folder, 'args')
    writeFileSync(join(folder, 'date'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${args}\n`)
    chmodSync(join(folder, 'date'), 0o755)
    const path = process.env['PATH']
    process.env['PATH'] = `${folder}:${path}`
    const nowMs = Date.UTC(2026, 10, 20, 8, 0, 0, 123)
    vi.spyOn(Date, 'now').mockReturnValue(nowMs)
    try {
      expect(await clockSetter('linux').step(-3_600_000)).toBe(null)
    } finally {
      vi.restoreAllMocks()
      process.env['PATH'] = path
    }
    const [utc, set, moment = '', ...more] = readFileSync(args, 'utf8').trim().split('\n')
    expect([utc, set, more]).toEqual(['-u', '-s', []])
    const read = spawnSync('date', ['-u', '-d', moment, '+%s.%3N'], { encoding: 'utf8' })
    expect(Number(read.stdout) * 1_000).toBe(nowMs - 3_600_000)
  })

  const inNamespace = (script: string) =>
    spawnSync('unshare', ['--user', process.execPath, '--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
  it.skipIf(inNamespace('').status !== 0)(
    'without the right is not offered, and the real `date` says why it was not made',
    () => {
      // In a user namespace not even root may set the clock of the machine.
      const from = new URL(
        '../../../../firmware-runtime/base/time/clock-setter.ts',
        import.meta.url,
      )
      const { stdout, stderr } = inNamespace(`
        import { clockSetter } from '${from.href}'
        const setter = clockSetter()
        console.log(JSON.stringify([setter.mayStep, await setter.step(0)]))`)
      expect(JSON.parse(stdout), stderr).toEqual([
        false,
        expect.stringContaining('cannot set date'),
      ])
    },
  )
})
