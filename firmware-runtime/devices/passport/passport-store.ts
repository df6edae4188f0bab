// Passports of a running lot: makes and stores them, and compares each lane with its last one once a day. A drift is
// reported once when it begins, and stays in the status until a new passport is made or the old values return.
import type { CodedFault } from '#base/calls/rows.ts'
import { codedFault } from '#base/process/api-fault.ts'
import type { passportCalls } from '../calls/passport.ts'
import type { RowArgs } from '#base/calls/rows.ts'
import type {
  LastPassportView,
  PassportDriftView,
  PassportFileView,
  PassportTablesView,
} from '../calls/passport-views.ts'
import { LaneFault, joinedWhy } from '#base/pure/faults/faults.ts'
import { compactOf, isoOf } from '#base/pure/values/instant.ts'
import { present } from '#base/pure/values/must.ts'
import { driftOf, driftText, hasDrifted, type DriftRow } from '#base/pure/passport/drift.ts'
import { openContainer, passportFile } from '#base/pure/passport/container.ts'
import {
  aboutOf,
  checkedRows,
  emptyContent,
  tableNames,
  type PassportContent,
} from '#base/pure/passport/tables.ts'
import type { MonoClock, WallClock } from '#base/ports/clocks.ts'
import type { PassportService } from '../ports/passport-service.ts'
import type { SideTask, TaskOwner } from '#base/process/side-tasks.ts'
import { checkedCertificateId, laneContent, type LaneFacts, type MadeBy } from './lane-content.ts'
import { openPassport, signedPassportBytes, type PassportReader } from './open-passport.ts'

type Args<N extends keyof typeof passportCalls> = RowArgs<(typeof passportCalls)[N]>

/** Key and certificate for signing passports; null: the lot has none. */
export interface PassportSigner {
  readonly certificate: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

interface PassportParts {
  readonly laneIds: readonly string[]
  readonly service: PassportService
  readonly reader: Omit<PassportReader, 'read'>
  readonly mono: Pick<MonoClock, 'nowUs'>
  readonly tasks: Pick<TaskOwner, 'every'>
  readonly business: WallClock
  /** Signing uses real time, whatever the lot's business day is. */
  readonly signing: WallClock
  signer(): PassportSigner | null
  /** Throws REPORT-05 when the passport is not wanted any more, before it is stored. */
  mustGoOn(): void
  facts(laneId: string): Promise<LaneFacts>
  /** The passport in force of a lane: when it is made, and at each look at it. */
  inForce(laneId: string, content: PassportContent): void
  /** A drift began, or a passport cannot be read: for events, status and log. */
  onFault(laneId: string, fault: LaneFault): void
}

/** By then antennas have reported their identity. */
const firstLookMs = 120_000
const lookEveryMs = 86_400_000
const noticeLinesMax = 5

interface Last {
  readonly view: LastPassportView
  readonly content: PassportContent
}

export class PassportStore {
  private readonly parts: PassportParts
  /** Current notices, by lane. */
  private readonly standing = new Map<string, LaneFault>()
  private readonly task: SideTask

  constructor(parts: PassportParts) {
    this.parts = parts
    const pace = { firstMs: null, everyMs: lookEveryMs }
    this.task = parts.tasks.every('passports', pace, () => this.lookAtAll())
  }

  start(): void {
    this.task.soon(firstLookMs)
  }

  stop(): void {
    this.task.stop()
  }

  /** For the status: code and lane of each notice. */
  notices(): readonly CodedFault[] {
    return [...this.standing].map(([laneId, { code, detail }]) => ({
      ...codedFault(code, joinedWhy([laneId, detail.note ?? ''])),
    }))
  }

  async tables({ laneId, by, reason }: Args<'passport.facts'>): Promise<PassportTablesView> {
    return tablesView(await this.now(laneId, { by, reason, certificateId: null }))
  }

  /** Refusals before anything is audited. */
  check({ laneId, certificateId }: Args<'passport.make'>): void {
    this.mustKnow(laneId)
    checkedCertificateId(certificateId)
    if (this.parts.signer() === null) throw new LaneFault('PASSPORT-06')
  }

  async make({ laneId, by, reason, certificateId }: Args<'passport.make'>): Promise<string> {
    const { service, signing, business, reader } = this.parts
    const signer = this.parts.signer()
    if (signer === null) throw new LaneFault('PASSPORT-06')
    const id = checkedCertificateId(certificateId) ?? (await this.lastCertificateId(laneId))
    const content = await this.now(laneId, { by, reason, certificateId: id })
    const { database, claim } = await service.buildPassport(content)
    this.parts.mustGoOn()
    const signedAtMs = signing.nowMs()
    const { certificate } = signer
    const message = signedPassportBytes({ claim, certificate }, signedAtMs, reader.digests)
    const seal = { claim, signedAtMs, certificate, signature: signer.sign(message) }
    const stamp = stampOf(business.nowMs())
    const file = await service.keepPassport(laneId, stamp, passportFile(database, seal))
    this.standing.delete(laneId)
    this.parts.inForce(laneId, content)
    return file
  }

  async drift({ laneId }: Args<'passport.drift'>): Promise<PassportDriftView> {
    this.mustKnow(laneId)
    const last = await this.last(laneId)
    const now = await this.now(laneId, { by: '', reason: '', certificateId: null })
    if (last !== null) this.parts.inForce(laneId, last.content)
    const rows = last === null ? [] : driftOf(last.content, now)
    return {
      laneId,
      checkedAtIso: isoOf(this.parts.business.nowMs()),
      passport: last?.view ?? null,
      drifted: hasDrifted(rows),
      rows,
    }
  }

  /** PASSPORT-04 when the lane has none. */
  async file({ laneId }: Args<'passport.file'>): Promise<PassportFileView> {
    this.mustKnow(laneId)
    const found = await this.parts.service.lastPassport(laneId)
    if (found === null) throw new LaneFault('PASSPORT-04', { field: '/laneId', value: laneId })
    return { file: found.file, base64: Buffer.from(found.bytes).toString('base64') }
  }

  private mustKnow(laneId: string): void {
    if (!this.parts.laneIds.includes(laneId))
      throw new LaneFault('LANE-01', { field: '/laneId', value: laneId })
  }

  private async now(laneId: string, made: Omit<MadeBy, 'atMs'>): Promise<PassportContent> {
    this.mustKnow(laneId)
    const facts = await this.parts.facts(laneId)
    return laneContent(facts, { ...made, atMs: this.parts.business.nowMs() })
  }

  /** A lane keeps its certificate id in a new passport; a damaged passport has none. */
  private async lastCertificateId(laneId: string): Promise<string | null> {
    try {
      const last = await this.last(laneId)
      return last === null ? null : aboutOf(last.content, 'jointTestCertificateId')
    } catch (error) {
      if (error instanceof LaneFault) return null
      throw error
    }
  }

  private async last(laneId: string): Promise<Last | null> {
    const { service, reader } = this.parts
    const found = await service.lastPassport(laneId)
    if (found === null) return null
    const { file, bytes } = found
    // Read outside the lanes' thread; verified here.
    const container = openContainer(bytes)
    const content = container.ok ? await service.readPassport(container.database) : null
    const opened = openPassport(bytes, file, { ...reader, read: () => content })
    return {
      content: opened.content,
      view: {
        file,
        madeAtIso: aboutOf(opened.content, 'madeAtIso') ?? '',
        by: aboutOf(opened.content, 'by') ?? '',
        signedBy: opened.signature.by,
      },
    }
  }

  private async lookAtAll(): Promise<void> {
    await Promise.all(this.parts.laneIds.map((laneId) => this.look(laneId)))
  }

  /** An unreadable passport is reported like a drift. */
  private async look(laneId: string): Promise<void> {
    try {
      const { drifted, rows } = await this.drift({ laneId })
      if (drifted) this.stand(laneId, driftFault(laneId, rows))
      else this.standing.delete(laneId)
    } catch (error) {
      if (!(error instanceof LaneFault)) throw error
      this.stand(laneId, error)
    }
  }

  private stand(laneId: string, fault: LaneFault): void {
    const before = this.standing.get(laneId)
    this.standing.set(laneId, fault)
    if (before?.message !== fault.message) this.parts.onFault(laneId, fault)
  }
}

/** Part of a passport's file name: the newest sorts last. */
export const stampOf = (atMs: number): string => {
  const text = compactOf(atMs)
  return `${text.slice(0, 8)}T${text.slice(8)}`
}

function driftFault(laneId: string, rows: readonly DriftRow[]): LaneFault {
  const certain = rows.filter((row) => row.state !== 'notTold')
  const lines = certain.slice(0, noticeLinesMax).map(driftText)
  const more = certain.length > lines.length ? `, +${certain.length - lines.length}` : ''
  return new LaneFault('PASSPORT-03', { value: laneId, note: `${lines.join('; ')}${more}` })
}

const cellView = (value: unknown): string | number | null =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('base64')
    : (value as string | number | null)

const rowsView = (rows: readonly object[]): PassportTablesView['about'] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]: [string, unknown]) => [column, cellView(value)]),
    ),
  )

export const tablesView = (content: PassportContent): PassportTablesView => ({
  about: rowsView(content.about),
  identity: rowsView(content.identity),
  firmware: rowsView(content.firmware),
  setting: rowsView(content.setting),
  profile: rowsView(content.profile),
  photo: rowsView(content.photo),
  test: rowsView(content.test),
  backup: rowsView(content.backup),
})

/** The tables of a lane from another process; photos become bytes again. */
export function contentOfView(view: PassportTablesView): PassportContent {
  const content = emptyContent()
  for (const name of tableNames) {
    const rows = view[name].map((row) =>
      name === 'photo'
        ? { ...row, jpeg: new Uint8Array(Buffer.from(String(row['jpeg']), 'base64')) }
        : row,
    )
    Object.assign(content, { [name]: present(checkedRows(name, rows), `${name} is whole`) })
  }
  return content
}
