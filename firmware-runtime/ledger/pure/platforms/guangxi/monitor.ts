// Running monitoring of a lane (9.3.7, P15): a heartbeat with the states of its devices, the queue and the day so far.
// Unknown values are left out, and so are the round trip and loss of its network, which only the survey measures.
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { Dialect } from '../../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'

export const heartbeatPath = '/v1/monitor/heartbeats'

const known = (name: string, value: number | string | null): object =>
  value === null ? {} : { [name]: value }

const timeOf = (atMs: InstantMs | null): string | null => (atMs === null ? null : isoOf(atMs))

export const monitor: NonNullable<Dialect['monitor']> = {
  request: ({ lotId }, beat) => ({
    method: 'POST',
    path: heartbeatPath,
    bodyText: JSON.stringify({
      parkId: lotId,
      laneNo: beat.laneId,
      seq: beat.seq,
      time: isoOf(beat.atMs),
      ...known('clockOffsetMs', beat.clockOffsetMs),
      ...known('lastTimeSync', timeOf(beat.clockReadMs)),
      swVersion: beat.softwareVersion,
      ...known('cfgVersion', beat.configVersion),
      ...known('listVersion', beat.listVersion),
      ...known('listAgeSec', beat.listAgeSec),
      ...known('psamStatus', beat.psam),
      ...known('psamValidUntil', timeOf(beat.signedInUntilMs)),
      antennaStatus: beat.antenna,
      cameraStatus: beat.camera,
      barrierStatus: beat.barrier,
      coilStatus: beat.coil,
      queueDepth: beat.queued,
      ...known('oldestQueuedSec', beat.oldestQueuedSec),
      ...known('diskFreePct', beat.machine.diskFreePct),
      ...known('cpuPct', beat.machine.cpuPct),
      ...known('memPct', beat.machine.memPct),
      todayCount: beat.todayCount,
      todayFee: beat.todayFen,
    }),
    idempotencyKey: null,
  }),
  isWanted: (body) => readAnswerBody(body)?.respCode !== '400004',
}
