// Running monitoring of a lane (9.3.7, P15): a heartbeat with the states of its devices, the queue and the day so far.
// Members that this product does not measure are left out.
import { isoOf } from '../../core/values/instant.ts'
import type { Dialect } from '../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

export const heartbeatPath = '/v1/monitor/heartbeats'

export const monitor: NonNullable<Dialect['monitor']> = {
  request: ({ lotId }, beat) => ({
    method: 'POST',
    path: heartbeatPath,
    bodyText: JSON.stringify({
      parkId: lotId,
      laneNo: beat.laneId,
      seq: beat.seq,
      time: isoOf(beat.atMs),
      ...(beat.clockOffsetMs === null ? {} : { clockOffsetMs: beat.clockOffsetMs }),
      swVersion: beat.softwareVersion,
      antennaStatus: beat.antenna,
      cameraStatus: beat.camera,
      barrierStatus: beat.barrier,
      coilStatus: beat.coil,
      queueDepth: beat.queued,
      ...(beat.oldestQueuedSec === null ? {} : { oldestQueuedSec: beat.oldestQueuedSec }),
      todayCount: beat.todayCount,
      todayFee: beat.todayFen,
    }),
    idempotencyKey: null,
  }),
  isWanted: (body) => readAnswerBody(body)?.respCode !== '400004',
}
