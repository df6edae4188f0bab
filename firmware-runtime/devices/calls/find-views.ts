// What finding and connecting devices answers: ports, links looked at, findings with words.
// Plain JSON, shared with the window and with scripts.
import type { CodedFault } from '#base/calls/rows.ts'
import type { FolderListView } from '#base/calls/list-views.ts'
import type { FindCode } from '#base/pure/faults/find-faults.ts'
import type { BilingualText } from '#base/pure/faults/faults.ts'
import type { SeenPort } from '../ports/find.ts'
import type { HeldCertificateView } from './health-views.ts'

/** One problem, what it means and what to do; `value` and `note` say where. */
export interface FindingView {
  readonly code: FindCode
  readonly weight: 'bad' | 'warn' | 'info'
  readonly value: string
  readonly note: string
  /** The note in both languages; absent: it has no words. */
  readonly why?: BilingualText
  readonly what: BilingualText
  readonly means: BilingualText
  readonly todo: BilingualText
}

/** What was received at one speed; `baud` is null on a socket. */
export interface SpeedView {
  readonly baud: number | null
  readonly opened: boolean
  /** Why listening ended early; empty: it did not. */
  readonly reason: string
  readonly bytes: number
  /** Bytes that belong to whole frames. */
  readonly framed: number
  /** NUL bytes: a missing stop bit is read as one. */
  readonly zeros: number
  readonly variant: string | null
  readonly codes: readonly string[]
  /** Frame heads whose bits are all inverted. */
  readonly invertedHeads: number
  readonly echo: boolean
  /** The first bytes as received. */
  readonly sampleHex: string
}

export interface FoundDeviceView {
  /** In the form of a lot file. */
  readonly link: string
  readonly kind: 'rsu'
  readonly variant: string
  readonly baud: number | null
  /** From its status (B0); null: not reported. */
  readonly identity: {
    readonly rsuId: string
    readonly manufacturer: string
    readonly softwareVersion: string
    readonly status: string
  } | null
  /** Models that match that status: `kind/vendor/model`. A person chooses. */
  readonly profiles: readonly string[]
}

/** The link doctor's result for one link. */
export interface LinkReportView {
  readonly ok: boolean
  readonly link: string
  readonly speeds: readonly SpeedView[]
  readonly device: FoundDeviceView | null
  readonly findings: readonly FindingView[]
}

export interface PortView extends SeenPort {
  /** The bridge chip by its USB ids, and its driver; null: not in the table. */
  readonly bridge: {
    readonly chip: string
    readonly driver: { readonly windows: string; readonly linux: string }
    readonly note: BilingualText
  } | null
  readonly state: 'free' | 'held' | 'forbidden' | 'absent'
  /** The last connected device was on this port. */
  readonly last: boolean
  readonly findings: readonly FindingView[]
}

/** The last connected device, stored on this machine. */
export interface LastDeviceView {
  readonly link: string
  readonly variant: string
  readonly atIso: string
}

export interface FindStateView {
  /** `demo`: uses no real port; `workbench`: no lot; `lane`: a running lot. */
  readonly place: 'demo' | 'workbench' | 'lane'
  /** The search in progress; null: none. */
  readonly job: {
    readonly link: string
    /** Number of links done, and of all links. */
    readonly done: number
    readonly of: number
    readonly elapsedMs: number
  } | null
  /** Null until they were listed. */
  readonly ports: readonly PortView[] | null
  /** The newest result for each link, in the order of checking. */
  readonly reports: readonly LinkReportView[]
  readonly findings: readonly FindingView[]
  readonly connected: {
    readonly link: string
    readonly state: 'connecting' | 'up' | 'lost'
    /** Time since its last whole frame; null before the first one. */
    readonly heardMsAgo: number | null
    /** Why it did not come up; words of the fault table. */
    readonly fault: CodedFault | null
  } | null
  readonly autoConnect: boolean
  readonly last: LastDeviceView | null
}

/** The link doctor's result for a camera that is queried over HTTP. */
export interface CameraReportView {
  readonly ok: boolean
  readonly link: string
  /** HTTP status of the answer after authentication; null: no answer. */
  readonly status: number | null
  readonly findings: readonly FindingView[]
}

/** A push that brought nothing. */
export interface RefusedView {
  readonly atIso: string
  /** A note. */
  readonly what: string
  /** Request line and headers, without secrets and plates; empty: none came. */
  readonly head: string
  readonly from: string
}

/** The push address for the camera of a lane, and the pushes received from it. */
export interface PushReportView {
  readonly ok: boolean
  readonly laneId: string
  /** The network card in the camera's network; null: none, or no camera address was given. */
  readonly card: { readonly name: string; readonly address: string } | null
  /** The address to enter in the camera. */
  readonly address: string
  readonly firewall: { readonly windows: string; readonly linux: string }
  readonly lastPushAtIso: string | null
  /** The last push that was neither a reading nor a heartbeat of this lane's camera make. */
  readonly lastRefused: RefusedView | null
  readonly pushes: number
  readonly badRequests: number
  /** Over all lanes: from sources not in the list, and to paths of no lane. */
  readonly refused: { readonly sources: number; readonly paths: number }
  /** Over all lanes: requests that named no lane, those above among them. */
  readonly unnamed: { readonly count: number; readonly last: RefusedView | null }
  readonly findings: readonly FindingView[]
}

interface DaysLeftView {
  readonly daysLeft: number
  readonly state: 'ok' | 'soon' | 'bad' | 'unknown'
}

/** `doctor --data DIR`: certificates of the folder by the clock of this machine, and free disk space. */
export interface FolderReportView {
  readonly ok: boolean
  readonly nowIso: string
  readonly certificates: readonly (HeldCertificateView & DaysLeftView)[]
  /**
   * Certificates of the interface to billing systems: `own` signs the answers, `https` is of its connection; `partner`: that of
   * a billing system.
   */
  readonly published: readonly (Omit<HeldCertificateView, 'of' | 'whose'> &
    DaysLeftView & { readonly whose: 'own' | 'https' | { readonly partner: string } })[]
  /** Null: no platform was joined. */
  readonly statusList: FolderListView | null
  readonly disk: {
    /** Null: the system does not report it. */
    readonly freeMb: number | null
    readonly warnMb: number
    readonly photos: {
      readonly days: number
      readonly mb: number
      /** Null: no limit. */
      readonly budgetGb: number | null
      readonly keepDays: number
    }
  }
  readonly faults: readonly (CodedFault & {
    readonly what: BilingualText
    readonly means: BilingualText
    readonly todo: BilingualText
  })[]
}
