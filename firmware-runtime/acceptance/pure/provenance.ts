// Which lot made the rows of a ledger, and by what: each start of the lanes wrote a boot row with lot, node, mode, program
// and the links that went to simulators, and each new certificate of a platform has a row. The lot file can be edited now;
// what was recorded then decides.
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import {
  certificatesOf,
  type PlatformCertificate,
  type RecordedStarts,
} from './platform-certificates.ts'
import type { RowOf } from './transactions.ts'

interface LotIdentity {
  readonly lotId: string
  readonly nodeId: string
  readonly mode: string
}

/** A start of the lanes, as its boot row says. */
export interface LaneStart {
  readonly atIso: string
  readonly program: string
  readonly mode: string
  /** Links that went to simulators, by address or certificate; null: rows of earlier versions do not say. */
  readonly simulated: readonly string[] | null
}

export interface Provenance {
  /** The first start of this lot. Rows before it prove nothing about this lot; null: it never started. */
  readonly fromSeq: number | null
  /** Acts of people before the first start count too, unless another lot, node or mode started before; null: none count. */
  readonly actsFromSeq: number | null
  readonly fromMs: InstantMs
  /** The starts in force in the judged period, oldest first. */
  readonly starts: readonly LaneStart[]
  /** Certificates of platforms since the first of these starts. */
  readonly certificates: readonly PlatformCertificate[]
  /** True when any of them was a demo or had a link to a simulator. */
  readonly simulated: boolean
}

type Boot = RowOf<'boot'>

const isOwn = ({ nodeId, body }: Boot, lot: LotIdentity): boolean =>
  nodeId === lot.nodeId &&
  body.mode === lot.mode &&
  (body.lotId === undefined || body.lotId === lot.lotId)

/** Links of a start that went to simulators: by its row, and by the certificates that platforms then showed. */
function simulatedIn(boot: Boot, certificates: readonly PlatformCertificate[]) {
  const shown = certificates.filter((one) => one.simulated).map(({ channel }) => channel)
  const { simulated } = boot.body
  return simulated === undefined && shown.length === 0
    ? null
    : [...new Set([...(simulated ?? []), ...shown])]
}

export function provenanceOf(
  { boots, events }: RecordedStarts,
  lot: LotIdentity,
  sinceMs: InstantMs,
): Provenance {
  const own = boots.slice(boots.findLastIndex((boot) => !isOwn(boot, lot)) + 1)
  const [first] = own
  const isFirst = own.length === boots.length
  const before = own.findLastIndex(({ atMs }) => atMs <= sinceMs)
  const inForce = own.slice(Math.max(before, 0))
  const starts = inForce.map((boot, i): LaneStart => {
    const endSeq = inForce[i + 1]?.seq ?? Infinity
    const own = events.filter(({ seq }) => seq < endSeq)
    return {
      atIso: isoOf(boot.atMs),
      program: boot.body.version,
      mode: boot.body.mode,
      simulated: simulatedIn(boot, certificatesOf([boot], own)),
    }
  })
  return {
    fromSeq: first?.seq ?? null,
    actsFromSeq: isFirst ? 0 : (first?.seq ?? null),
    fromMs: first === undefined || isFirst ? 0 : first.atMs,
    starts,
    certificates: certificatesOf(inForce, events),
    simulated: starts.some(
      ({ mode, simulated }) => mode !== 'production' || (simulated ?? []).length > 0,
    ),
  }
}
