// Reports each lane to the platform once a minute, and at once when one of its devices changes (9.3.7, P15). One
// heartbeat of a lane is in flight at a time; a further one waits for its answer.
import type { BoardView, LaneView } from '../calls/views.ts'
import type { ReportedPsam } from '#base/pure/data/credentials.ts'
import { instantOfIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import type {
  DeviceMark,
  LaneHeartbeat,
  MachineLoad,
  PlatformMonitor,
} from '#base/ports/platform-monitor.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'

const lookEveryMs = 1_000
const everyMs = 60_000

interface LaneMonitorParts {
  readonly monitor: PlatformMonitor
  readonly mono: Pick<MonoClock, 'nowUs'>
  readonly tasks: Pick<TaskOwner, 'every'>
  /** Version of the running configuration; null: the ETC operator gave none. */
  readonly configVersion: string | null
  board(): BoardView
  /** The antenna's last report about its PSAMs; null: the lane has none. */
  psams(laneId: string): readonly ReportedPsam[] | null
  load(): MachineLoad
  nowMs(): InstantMs
}

type Marks = Pick<LaneHeartbeat, 'antenna' | 'camera' | 'barrier' | 'coil'>

interface LastBeat {
  readonly atUs: number
  readonly marks: string
}

const markOf = ({ state, reason, held }: LaneView['devices']['rsu']): DeviceMark => {
  if (state === 'off') return 9
  if (state === 'down') return 2
  return reason === undefined && held === undefined ? 0 : 1
}

function marksOf({ devices, barrier }: LaneView): Marks {
  const coils = [barrier.arrive, barrier.under]
  return {
    antenna: markOf(devices.rsu),
    camera: markOf(devices.camera),
    barrier: markOf(devices.barrier),
    coil: coils.includes('unknown') ? 9 : 0,
  }
}

function psamMark(psams: readonly ReportedPsam[] | null): DeviceMark | null {
  if (psams === null) return null
  const refused = psams.filter(({ authorised }) => authorised === false).length
  if (psams.length > 0 && refused === psams.length) return 2
  if (refused > 0) return 1
  return psams.length > 0 && psams.every(({ authorised }) => authorised === true) ? 0 : 9
}

export class LaneMonitor {
  private readonly parts: LaneMonitorParts
  private readonly last = new Map<string, LastBeat>()
  private readonly onItsWay = new Set<string>()
  private seq = 0
  private readonly task: SideTask

  constructor(parts: LaneMonitorParts) {
    this.parts = parts
    // After a start the devices get a minute to come up.
    const pace = { firstMs: everyMs, everyMs: lookEveryMs }
    this.task = parts.tasks.every('laneMonitor', pace, () => this.look())
  }

  stop(): void {
    this.task.stop()
  }

  private look(): void {
    const { mono, board } = this.parts
    const { lanes, status } = board()
    for (const lane of lanes) {
      const marks = marksOf(lane)
      const before = this.last.get(lane.laneId)
      const isDue = before === undefined || mono.nowUs() - before.atUs >= everyMs * 1_000
      if (this.onItsWay.has(lane.laneId)) continue
      if (isDue || before.marks !== JSON.stringify(marks)) this.beat(lane.laneId, marks, status)
    }
  }

  private beat(laneId: string, marks: Marks, status: BoardView['status']): void {
    const { monitor, mono, nowMs, configVersion, psams, load } = this.parts
    this.last.set(laneId, { atUs: mono.nowUs(), marks: JSON.stringify(marks) })
    this.onItsWay.add(laneId)
    const { clock, queue, today, version, statusList: list, signInUntilIso } = status
    const atMs = nowMs()
    const { platformOffsetMs: clockOffsetMs, offsetMsAgo } = clock
    const beat: LaneHeartbeat = {
      laneId,
      seq: ++this.seq,
      atMs,
      clockOffsetMs,
      clockReadMs: clockOffsetMs === null || offsetMsAgo === undefined ? null : atMs - offsetMsAgo,
      softwareVersion: version,
      configVersion,
      listVersion: list === undefined ? null : list.version,
      listAgeSec: list?.ageSec ?? null,
      psam: psamMark(psams(laneId)),
      signedInUntilMs: signInUntilIso === null ? null : instantOfIso(signInUntilIso),
      ...marks,
      queued: queue.unsent,
      oldestQueuedSec: queue.oldestAgeSec,
      todayCount: today.passages,
      todayFen: today.paidFen,
      machine: load(),
    }
    monitor.beat(beat, (isWanted) => {
      this.onItsWay.delete(laneId)
      if (!isWanted) this.task.stop()
    })
  }
}
