// `etc-lane device test`: moves the boom, or switches the antenna on, while this terminal watches. Any key, the end of
// the input or a signal stops it; the lane stops it by itself without keep-alives.
import { t } from '#base/pure/words/fault-text.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { RaisedBoomView } from '../../calls/raised-views.ts'
import type { TestView } from '../../calls/safety-views.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { onAnyKey, type Stopper } from './any-key.ts'
import { folderOf, runningClient } from '#base/desk/commands/client.ts'
import { act, whoOf, printed } from '#base/desk/commands/acts.ts'

/** Several keep-alives within the time limit of the lane. */
const aliveEveryMs = 250

const running = {
  open: '道闸测试：抬杆 / BARRIER TEST: opening',
  close: '道闸测试：落杆 / BARRIER TEST: closing',
  antenna: '天线测试：正在发射 / ANTENNA TEST: transmitting',
  carrier: '载波测试 / CARRIER TEST',
}

/** A boom has to reach its position; an antenna is only switched off again. */
const wentWell = (kind: string, end: string): boolean =>
  kind === 'antenna' ? ['stopped', 'timeUp'].includes(end) : end === 'done'

const loopSaid = {
  on: '有车，不能降下 / occupied: not lowered',
  off: '无车 / free',
  unknown: '看不到，按有车处理，不能降下 / cannot be seen, counts as occupied: not lowered',
  none: '没有装，请到道闸旁边降下 / not fitted: lower it beside the barrier',
}

/** The test left the boom up: names the lane and its safety loop, and asks for the test that lowers it. */
const askedFor = ({ laneId, name, under }: RaisedBoomView): string =>
  `▲ ${name.zh}的道闸抬着 / the boom of ${name.en} is up\n` +
  `  防砸地感 / safety loop: ${loopSaid[under]}\n` +
  `  看清杆下没有车和人，再降下 / check that no car or person is under it, then lower it:\n` +
  `  etc-lane device test --what close --lane ${laneId} …\n`

export const test = act(
  [
    'device test --data DIR --lane L --what open|close|antenna|carrier --by NAME --reason TEXT [--for-sec N] [--command-id ID]',
  ],
  async ({ lane: laneId, what: kind, 'for-sec': forSec, ...values }, io) => {
    const { by, reason, commandId: testId } = whoOf(values)
    const client = runningClient(folderOf(values.data))
    let stopper: Stopper | null = null
    // Listens before the boom moves, so that an early key counts.
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
        by,
        reason,
        commandId: testId,
        ...(forSec === undefined ? {} : { forSec }),
      })
      io.stderr(`▲ ${running[kind]}\n  按任意键停止 / any key stops it\n`)
      if (stopper !== null) await stopNow()
      let view: TestView = await client.call('test.keep', { laneId, testId })
      while (view.running?.testId === testId) {
        await pause(aliveEveryMs)
        view = await client.call('test.keep', { laneId, testId })
      }
      const { last } = view
      if (last?.testId !== testId)
        throw new LaneFault('TEST-02', { note: t('另一次测试开始了', 'another test began') })
      const { end, position, tookMs } = last
      const { rows } = await client.call('booms.raised', {})
      const left = rows.find((boom) => boom.laneId === laneId)
      if (left !== undefined) io.stderr(askedFor(left))
      const ok = wentWell(kind, end)
      return printed({ ok, testId, laneId, what: kind, end, stopper, position, tookMs }, ok)
    } finally {
      quiet()
    }
  },
)
