// What the machine reports about its time service, through systemd, chronyd and Windows, and without any of them.
// The programs are stand-ins; which one is called, and with what, is part of the result.
import { expect, it } from 'vitest'
import { machineNtp, NtpWatch } from '#lane/lot/upkeep/machine-ntp.ts'
import type { ToolAnswer } from '#base/ports/tools.ts'
import { trackedHex } from '../../../devices/pure/time/chrony/answers.ts'
import { VirtualClock } from '../../../devices/pure/camera/virtual-clock.ts'
import { sideTasks } from '../../../../kit/side-tasks.ts'

const absent: ToolAnswer = { kind: 'absent' }
const said = (text: string): ToolAnswer => ({ kind: 'said', text })
const systemd = (ntp: string, synchronised: string): ToolAnswer =>
  said(
    `Timezone=Asia/Shanghai\nLocalRTC=no\nCanNTP=yes\nNTP=${ntp}\nNTPSynchronized=${synchronised}\n`,
  )
/** The answer of chronyd 4.3 while it followed a server, byte by byte. */
const tracked = Buffer.from(trackedHex, 'hex')
/** The same, without a source. */
const lost = Buffer.from(tracked)
lost.fill(0, 28, 32)
/** `w32tm /query /status` of a Chinese Windows; leap and id tell whether it follows a server or its own CMOS clock. */
const windows = (leap: string, id: string): ToolAnswer =>
  said(`Leap 指示符: ${leap}\r\n层次: 4 (次引用 - 与(S)NTP 同步)\r\n引用 ID: ${id} (源 IP)\r\n`)
const kept = windows('0(无警告)', '0xCB00710F')

it.each<[string, ToolAnswer, Uint8Array | null, ToolAnswer, string]>([
  ['systemd keeps it', systemd('yes', 'yes'), null, absent, 'synchronised'],
  ['switched on and does not work', systemd('yes', 'no'), null, absent, 'notSynchronised'],
  ['switched off', systemd('no', 'no'), null, absent, 'off'],
  ['chrony beside a systemd that does not', systemd('no', 'no'), tracked, absent, 'synchronised'],
  ['chrony alone keeps it', absent, tracked, absent, 'synchronised'],
  ['chrony has lost its servers', absent, lost, absent, 'notSynchronised'],
  ['Windows keeps it', absent, null, kept, 'synchronised'],
  ['Windows has none', absent, null, windows('3(未同步)', '0x00000000'), 'notSynchronised'],
  ['Windows by its battery', absent, null, windows('0(无)', '0x4C4F434C'), 'notSynchronised'],
  ['none is there', absent, null, absent, 'notKnown'],
  ['systemd fails', { kind: 'failed', note: 'no bus' }, null, absent, 'notKnown'],
  ['another text', said('what?'), null, said('what?'), 'notKnown'],
])('%s', async (_name, first, second, third, wanted) => {
  const found = await machineNtp({
    tools: { run: (program) => Promise.resolve(program === 'timedatectl' ? first : third) },
    datagrams: {
      ask({ host, port, bytesAt, isAnswer }) {
        expect([host, port, bytesAt(0).length]).toEqual(['127.0.0.1', 323, 104])
        if (second === null) return Promise.resolve({ failed: 'unreachable', note: '' })
        const bytes = Uint8Array.from(second)
        bytes.set(bytesAt(0).subarray(8, 12), 16)
        expect(isAnswer(bytes)).toBe(true)
        return Promise.resolve({ bytes, sentMs: 0, receivedMs: 0, address: host })
      },
    },
  })
  expect(found).toBe(wanted)
})

it('is asked when the lanes are open and every ten minutes, until the lot stops', async () => {
  const clock = new VirtualClock()
  let answer = systemd('yes', 'no')
  const watch = new NtpWatch(
    {
      tools: { run: (program) => Promise.resolve(program === 'timedatectl' ? answer : absent) },
      datagrams: { ask: () => Promise.resolve({ failed: 'unreachable', note: '' }) },
    },
    sideTasks(clock),
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
