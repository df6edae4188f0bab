// `etc-lane device test`: the boom driven by hand, or the antenna on, as long as this terminal watches.
// Any key, the end of the input or a signal stops it; the lane stops it by itself when nobody says more.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestView } from '../api/safety-views.ts'
import { testKinds } from '../core/lease/device-test.ts'
import { LaneFault } from '../core/values/faults.ts'
import { onAnyKey, type Stopper } from './any-key.ts'
import { folderOf, jsonText, runningClient } from './client.ts'
import { flags, needed, oneOf, whole, type CliIo } from './command.ts'

const kinds = [...testKinds, 'carrier'] as const
/** Several signs of life within the patience of the lane. */
const aliveEveryMs = 250

const running: Readonly<Record<(typeof kinds)[number], string>> = {
  open: '道闸测试:抬杆 / BARRIER TEST: opening',
  close: '道闸测试:落杆 / BARRIER TEST: closing',
  antenna: '天线测试:正在发射 / ANTENNA TEST: transmitting',
  carrier: '载波测试 / CARRIER TEST',
}

/** A boom has a place to come to; an antenna only goes off again. */
const wentWell = (kind: string, end: string): boolean =>
  kind === 'antenna' ? ['stopped', 'timeUp'].includes(end) : end === 'done'

export async function test(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = flags(args, {
    data: 'string',
    lane: 'string',
    what: 'string',
    by: 'string',
    reason: 'string',
    'for-sec': 'string',
    'command-id': 'string',
  })
  const laneId = needed(values.lane, 'lane')
  const kind = oneOf(needed(values.what, 'what'), 'what', kinds, 'open')
  const testId = values['command-id'] ?? randomUUID()
  const forSec = values['for-sec']
  const client = runningClient(folderOf(values.data))
  let stopper: Stopper | null = null
  // Before the boom moves: a key that came first still counts.
  const quiet = onAnyKey(io, (by) => {
    stopper = by
    stopNow().catch((error: unknown) => io.stderr(`${String(error)}\n`))
  })
  const stopNow = async (): Promise<void> => {
    await client.call('test.stop', { laneId })
  }
  try {
    await client.call('test.begin', {
      laneId,
      kind,
      by: needed(values.by, 'by'),
      reason: needed(values.reason, 'reason'),
      commandId: testId,
      ...(forSec === undefined ? {} : { forSec: whole(forSec, 'for-sec', 0) }),
    })
    io.stderr(`▲ ${running[kind]}\n  按任意键停止 / any key stops it\n`)
    if (stopper !== null) await stopNow()
    let view: TestView = await client.call('test.keep', { laneId, testId })
    while (view.running?.testId === testId) {
      await pause(aliveEveryMs)
      view = await client.call('test.keep', { laneId, testId })
    }
    const { last } = view
    if (last?.testId !== testId) throw new LaneFault('TEST-02', { note: 'another test began' })
    const { end, position, tookMs } = last
    const ok = wentWell(kind, end)
    io.stdout(jsonText({ ok, testId, laneId, what: kind, end, stopper, position, tookMs }, io.json))
    return ok ? 0 : 1
  } finally {
    quiet()
  }
}
