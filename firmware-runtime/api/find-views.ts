// What finding and connecting devices answers: ports, links looked at, findings with words.
// Plain JSON, shared with the window and with scripts.
import type { ChannelName } from '../core/values/destination-members.ts'
import type { CodedFault } from './rows.ts'
import type { FolderListView } from './list-views.ts'
import type { FindCode } from '../core/faults/find-faults.ts'
import type { BilingualText } from '../core/faults/faults.ts'
import type { SeenPort } from '../ports/find.ts'

/** One thing that is wrong, what it means and what to do; `value` and `note` say where. */
export interface FindingView {
  readonly code: FindCode
  readonly weight: 'bad' | 'warn' | 'info'
  readonly value: string
  readonly note: string
  /** The note in both languages; absent where it has no words. */
  readonly why?: BilingualText
  readonly what: BilingualText
  readonly means: BilingualText
  readonly todo: BilingualText
}

/** What was heard at one speed; `baud` is null on a socket. */
export interface SpeedView {
  readonly baud: number | null
  readonly opened: boolean
  /** Why it ended before it was heard out; empty when it did not. */
  readonly reason: string
  readonly bytes: number
  /** Bytes of whole frames. */
  readonly framed: number
  /** NUL bytes: a missing stop bit is read as one. */
  readonly zeros: number
  readonly variant: string | null
  readonly codes: readonly string[]
  /** Heads of frames whose bits are all inverted. */
  readonly invertedHeads: number
  readonly echo: boolean
  /** The first bytes as they came. */
  readonly sampleHex: string
}

export interface FoundDeviceView {
  /** Ready to be written into a lot file. */
  readonly link: string
  readonly kind: 'rsu'
  readonly variant: string
  readonly baud: number | null
  /** From its status (B0); null when it told none. */
  readonly identity: {
    readonly rsuId: string
    readonly manufacturer: string
    readonly softwareVersion: string
    readonly status: string
  } | null
  /** Models that recognise themselves in that status: `kind/vendor/model`. A person chooses. */
  readonly profiles: readonly string[]
}

/** The link doctor's answer about one link. */
export interface LinkReportView {
  readonly ok: boolean
  readonly link: string
  readonly speeds: readonly SpeedView[]
  readonly device: FoundDeviceView | null
  readonly findings: readonly FindingView[]
}

export interface PortView extends SeenPort {
  /** The bridge chip by its USB numbers, and its driver; null when it is not in the table. */
  readonly bridge: {
    readonly chip: string
    readonly driver: { readonly windows: string; readonly linux: string }
    readonly note: BilingualText
  } | null
  readonly state: 'free' | 'held' | 'forbidden' | 'absent'
  /** The device that was connected last was on this port. */
  readonly last: boolean
  readonly findings: readonly FindingView[]
}

/** The device that was connected last, kept on this machine. */
export interface LastDeviceView {
  readonly link: string
  readonly variant: string
  readonly atIso: string
}

export interface FindStateView {
  /** `demo` touches no real port; `workbench` has no lot; `lane` is a running lot. */
  readonly place: 'demo' | 'workbench' | 'lane'
  /** What is being looked at; null when nothing is. */
  readonly job: {
    readonly link: string
    /** Links done, and how many there are. */
    readonly done: number
    readonly of: number
    readonly elapsedMs: number
  } | null
  /** Null until they were listed. */
  readonly ports: readonly PortView[] | null
  /** Newest look at each link, in the order they were looked at. */
  readonly reports: readonly LinkReportView[]
  readonly findings: readonly FindingView[]
  readonly connected: {
    readonly link: string
    readonly state: 'connecting' | 'up' | 'lost'
    /** Since its last whole frame; null before the first. */
    readonly heardMsAgo: number | null
    /** Why it did not come up; the words are those of the fault table. */
    readonly fault: CodedFault | null
  } | null
  readonly autoConnect: boolean
  readonly last: LastDeviceView | null
}

/** The link doctor's answer about a camera that is asked over HTTP. */
export interface CameraReportView {
  readonly ok: boolean
  readonly link: string
  /** HTTP status of the answer behind the password; null when there was none. */
  readonly status: number | null
  readonly findings: readonly FindingView[]
}

/** Where the camera of a lane pushes to, and what came from it. */
export interface PushReportView {
  readonly ok: boolean
  readonly laneId: string
  /** The network card beside the camera; null when none is, or its address was not given. */
  readonly card: { readonly name: string; readonly address: string } | null
  /** Exactly what is typed into the camera. */
  readonly address: string
  readonly firewall: { readonly windows: string; readonly linux: string }
  readonly lastPushAtIso: string | null
  /** What came last that was no reading and no heartbeat of this lane's kind of camera. */
  readonly lastRefused: { readonly atIso: string; readonly what: string } | null
  readonly pushes: number
  readonly badRequests: number
  /** Of all lanes: from sources off the list, and to paths that are no lane's. */
  readonly refused: { readonly sources: number; readonly paths: number }
  readonly findings: readonly FindingView[]
}

/** `doctor --data DIR`: certificates of the folder by the clock of this machine, and the room on its disk. */
export interface FolderReportView {
  readonly ok: boolean
  readonly nowIso: string
  readonly certificates: readonly {
    /** The platform that it is exchanged with. */
    readonly of: ChannelName
    readonly whose: 'client' | 'platform'
    readonly serial: string
    readonly fromIso: string
    readonly untilIso: string
    readonly daysLeft: number
    readonly state: 'ok' | 'soon' | 'bad' | 'unknown'
  }[]
  /** Null where no platform was joined. */
  readonly statusList: FolderListView | null
  readonly disk: {
    /** Null where the system does not say. */
    readonly freeMb: number | null
    readonly warnMb: number
    readonly photos: {
      readonly days: number
      readonly mb: number
      /** Null: no limit was set. */
      readonly budgetGb: number | null
      readonly keepDays: number
    }
  }
  readonly faults: readonly {
    readonly code: string
    readonly note: string
    readonly what: BilingualText
    readonly means: BilingualText
    readonly todo: BilingualText
  }[]
}
