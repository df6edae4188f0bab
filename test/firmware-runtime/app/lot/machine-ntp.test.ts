// What the machine says of its own time service, as the two programs write it, and where neither is there.
// The programs are played here; which one is asked, and with what, is part of the answer.
import { expect, it } from 'vitest'
import { machineNtp, NtpWatch } from '../../../../firmware-runtime/app/lot/machine-ntp.ts'
import type { ToolAnswer } from '../../../../firmware-runtime/ports/tools.ts'
import { VirtualClock } from '../../devices/camera/virtual-clock.ts'

const absent: ToolAnswer = { kind: 'absent' }
const said = (text: string): ToolAnswer => ({ kind: 'said', text })
const systemd = (ntp: string, synchronised: string): ToolAnswer =>
  said(
    `Timezone=Asia/Shanghai\nLocalRTC=no\nCanNTP=yes\nNTP=${ntp}\nNTPSynchronized=${synchronised}\n`,
  )
const chrony = (leap: string): ToolAnswer =>
  said(
    `CB00710F,203.0.113.15,3,1795156200.1,0.0001,0.0001,0.0001,1.0,0,0,0.01,0.001,64.0,${leap}\n`,
  )

it.each<[string, ToolAnswer, ToolAnswer, string]>([
  ['systemd keeps it', systemd('yes', 'yes'), absent, 'synchronised'],
  ['it is switched on and does not work', systemd('yes', 'no'), absent, 'notSynchronised'],
  ['it is switched off', systemd('no', 'no'), absent, 'off'],
  [
    'chrony keeps it beside a systemd that does not',
    systemd('no', 'no'),
    chrony('Normal'),
    'synchronised',
  ],
  ['chrony alone keeps it', absent, chrony('Normal'), 'synchronised'],
  ['chrony has lost its servers', absent, chrony('Not synchronised'), 'notSynchronised'],
  ['neither is there', absent, absent, 'notKnown'],
  ['systemd fails', { kind: 'failed', note: 'no bus' }, absent, 'notKnown'],
  ['another text', said('what?'), absent, 'notKnown'],
])('%s', async (_name, first, second, wanted) => {
  const ntpCommands: string[] = []
  const found = await machineNtp({
    run(program, args) {
      ntpCommands.push([program, ...args].join(' '))
      return Promise.resolve(program === 'timedatectl' ? first : second)
    },
  })
  expect(found).toBe(wanted)
  expect(['timedatectl show', 'chronyc -c tracking'].slice(0, ntpCommands.length)).toEqual(
    ntpCommands,
  )
})

it('is asked when the lanes are open and every ten minutes, until the lot stops', async () => {
  const clock = new VirtualClock()
  let answer = systemd('yes', 'no')
  const watch = new NtpWatch(
    { run: (program) => Promise.resolve(program === 'timedatectl' ? answer : absent) },
    clock,
  )
  const run = async (ms: number): Promise<void> => {
    clock.run(ms)
    for (let n = 0; n < 8; n++) await Promise.resolve()
  }
  expect(watch.state).toBeNull()
  await run(999)
  expect(watch.state).toBeNull()
  await run(1)
  expect(watch.state).toBe('notSynchronised')
  answer = systemd('yes', 'yes')
  await run(599_999)
  expect(watch.state).toBe('notSynchronised')
  await run(1)
  expect(watch.state).toBe('synchronised')
  watch.stop()
  answer = systemd('no', 'no')
  await run(3_600_000)
  expect(watch.state).toBe('synchronised')
})
