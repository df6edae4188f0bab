// Sets the clock of a Linux machine by `date`, when this process has CAP_SYS_TIME; on no other system.
// The command for a person is that of each system's usual time service.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { shellCommand } from '../pure/words/shell-words.ts'
import type { ClockSetter } from '../ports/clock-setter.ts'

const statusFile = '/proc/self/status'
const mayTime = 1n << 25n
const waitMs = 5_000

/** Capabilities of a process in the kernel's format. */
export const maySetTime = (status: string): boolean => {
  const [, rights] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? []
  return rights !== undefined && (BigInt(`0x${rights}`) & mayTime) !== 0n
}

const usualPort = '123'

/** `host:port` as in a lot file; an IPv6 address with a port is in brackets. */
function serverOf(text: string): { host: string; port: string } {
  const [, six, four, port = usualPort] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  return { host: six ?? four ?? text, port }
}

const resync = ['w32tm', '/resync', '/force']

function windowsCommand(server: string | null): string {
  const { host, port } = serverOf(server ?? '')
  const then = shellCommand('powershell', resync)
  // The Windows time service supports the standard port only.
  if (server === null || port !== usualPort) return then
  const peers = ['w32tm', '/config', `/manualpeerlist:${host}`, '/syncfromflags:manual', '/update']
  return `${shellCommand('powershell', peers)}; ${then}`
}

function linuxCommand(server: string | null): string {
  if (server === null) return 'sudo chronyc makestep || sudo systemctl restart systemd-timesyncd'
  const { host, port } = serverOf(server)
  const asked = port === usualPort ? host : `${host} port ${port}`
  return shellCommand('sh', ['sudo', 'chronyd', '-q', `server ${asked} iburst`])
}

export const clockSetter = (platform: string = process.platform): ClockSetter => ({
  mayStep:
    platform === 'linux' &&
    existsSync(statusFile) &&
    maySetTime(readFileSync(statusFile, 'latin1')),
  step(byMs) {
    const { promise, resolve } = Promise.withResolvers<string | null>()
    const toMs = Date.now() + Math.round(byMs)
    const args = ['-u', '-s', `@${(toMs / 1000).toFixed(3)}`]
    execFile('date', args, { timeout: waitMs }, (error) => resolve(error?.message ?? null))
    return promise
  },
  commandFor: platform === 'win32' ? windowsCommand : linuxCommand,
})
