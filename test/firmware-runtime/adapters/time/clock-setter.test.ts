// The command that a person is told where the clock is wrong: it asks the very server that answered.
// Its port is kept where the program can ask it.
import { expect, it } from 'vitest'
import { clockSetter } from '../../../../firmware-runtime/adapters/time/clock-setter.ts'

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
  expect(commandFor('ntp.aliyun.com')).toContain('"ntp.aliyun.com"')
})
