// Records held back: shown with the members that may be corrected, corrected, or sent unchanged. An act by a person
// with a reason, once for each command id; refusals name member and value, and change nothing.
import type { HeldMemberView, HeldRecordView, MemberTakes } from '../../calls/queue.ts'
import type { AnswerOf, ArgsOf } from '#runtime/api/table.ts'
import type { Role } from '#base/pure/values/roles.ts'
import { confirmedKin, endOf, kinUnderWay } from '../../pure/queue/kin.ts'
import { destinationsOf } from '../../pure/lot/destinations.ts'
import {
  bodyMembers,
  isAccepted,
  mendBar,
  mended,
  refusedMembers,
  type BodyMember,
  type MemberShape,
  type MendBar,
  type MendFault,
  type SealWhy,
} from '../../pure/queue/mend.ts'
import type { OutboxRecord } from '../../pure/queue/records.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { noteIn } from '#base/pure/words/notes.ts'
import type { LotRuntime } from '#lane/lot/lot-runtime.ts'
import type { OutboxRow } from '#lane/lot/queue/outbox-rows.ts'
import { endRows, mendRows, plateRow, releaseRows } from '#lane/lot/queue/mend-rows.ts'
import type { LotAct } from '#base/desk/handlers/act-table.ts'
import { defineCalls, type Lot } from '#base/desk/handlers/scope.ts'

const rowsMax = 200

const takesOf = (shape: MemberShape, optional: boolean): MemberTakes => {
  const none = { max: null, min: null, oneOf: [], optional }
  if ('text' in shape) return { ...none, kind: 'text', max: shape.text }
  if ('oneOf' in shape) return { ...none, kind: 'oneOf', oneOf: shape.oneOf }
  const [min, max] = shape.whole
  return { ...none, kind: 'whole', min, max }
}

function memberView({ name, value, row }: BodyMember, refused: readonly string[]): HeldMemberView {
  const of = { name, value }
  if (row === undefined) return { ...of, takes: null, sealed: 'unknown', clause: '' }
  if ('sealed' in row)
    return { ...of, takes: null, sealed: row.sealed.why, clause: row.sealed.clause }
  if (isAccepted(refused, name)) return { ...of, takes: null, sealed: 'accepted', clause: '' }
  return { ...of, takes: takesOf(row.takes, row.optional === true), sealed: null, clause: '' }
}

/** The name as the platform wrote it, where the record has no such member. */
function namedIn(why: string, refused: readonly string[]): string {
  const found = noteIn(why)
  if (found?.word !== 'memberRefused') return ''
  return refused.length > 0 ? refused.join(' ') : (found.args[2] ?? '').replace(/^\//, '')
}

/** Other platforms of the lot that are told of cars. */
const othersTold = (runtime: LotRuntime, destination: string): readonly string[] =>
  destinationsOf(runtime.outboxMaker().config).flatMap(({ id, told }) =>
    id !== destination && told.length > 0 ? [id] : [],
  )

/** Another record of its number was accepted, or is being sent; null: none. */
function rivalOf({ queue }: Pick<LotRuntime, 'queue'>, row: OutboxRow, act: 'mend' | 'release') {
  const { outboxId, resends } = row.body
  const underWay = kinUnderWay(queue, outboxId)
  if (underWay !== null) return underWay
  const done = confirmedKin(queue, outboxId)
  // It has the bytes of the confirmed one: sending it again changes nothing there.
  return act === 'release' && done === resends ? null : done
}

function heldView(runtime: LotRuntime, record: OutboxRecord): HeldRecordView {
  const { op, seq, lastNote, businessNo, destination, stayId, amountFen, attempts } = record
  const row = runtime.outboxAt(seq)
  const { outboxId, body, destination: to } = row.body
  const all = bodyMembers(body, runtime.dialectAt(to).membersOf(op))
  const refused = refusedMembers(lastNote, all)
  const members = all
    .map((one) => memberView(one, refused))
    .filter(({ value, takes }) => value !== null || takes !== null)
  const may = (act: 'mend' | 'release'): boolean =>
    mendBar(record, act) === null && rivalOf(runtime, row, act) === null
  const isPlate = all.some((one) => isOfPlate(one) && !isAccepted(refused, one.name))
  return {
    outboxId,
    op,
    businessNo,
    destination,
    stayId,
    amountFen,
    attempts,
    atIso: isoOf(record.atMs),
    why: lastNote,
    named: namedIn(lastNote, refused),
    mayMend: may('mend') && members.some(({ takes }) => takes !== null),
    mayRelease: may('release'),
    mayEnd: endOf(runtime.queue, record) !== null,
    plateAlsoAt: isPlate ? othersTold(runtime, to) : [],
    members,
  }
}

const isOfPlate = ({ row }: BodyMember): boolean =>
  row !== undefined && 'takes' in row && row.ofPlate === true

const barWords: Readonly<Record<Exclude<MendBar, 'notHeld'>, BilingualText>> = {
  movesMoney: t('它本身会动钱', 'it moves money by itself'),
  filter: t(
    '它是被检查拦下的,没有可改的字段',
    'a check stopped it, and it has no field that could be changed',
  ),
}

const sealWords: Readonly<Record<SealWhy, BilingualText>> = {
  tac: t('TAC 涵盖它', 'the TAC covers it'),
  money: t('它关系到金额', 'it concerns the amount'),
  number: t('它是记录的编号', 'it is the number of the record'),
  card: t('它说明是谁付的', 'it says who paid'),
  evidence: t('检查依据它', 'checks are based on it'),
}

function shapeWords(shape: MemberShape): BilingualText {
  if ('text' in shape) return t(`1 到 ${shape.text} 个字符`, `1 to ${shape.text} characters`)
  if ('oneOf' in shape)
    return t(`只能是 ${shape.oneOf.join(', ')}`, `one of ${shape.oneOf.join(', ')}`)
  const [least, most] = shape.whole
  return t(`${least} 到 ${most} 的整数`, `integer ${least} to ${most}`)
}

function mendFault(fault: MendFault, given: unknown): LaneFault {
  const of = { field: `/${fault.member}`, value: String(given).slice(0, 80) }
  switch (fault.why) {
    case 'sealed': {
      if (!('sealed' in fault.row)) throw new Error('assertion failed: a sealed row says why')
      const { why, clause } = fault.row.sealed
      const { zh, en } = sealWords[why]
      return new LaneFault('QUEUE-03', { ...of, note: t(`${zh}(${clause})`, `${en} (${clause})`) })
    }
    case 'unknown':
      return new LaneFault('QUEUE-04', {
        ...of,
        note: t('这种记录没有这个字段', 'records of this kind have no such field'),
      })
    case 'unchanged':
      return new LaneFault('QUEUE-04', { ...of, note: t('和原来一样', 'it is already the same') })
    case 'needed':
      return new LaneFault('UPLOAD-01', { ...of, note: t('不能没有', 'it must not be left out') })
    case 'accepted': {
      const refused = fault.refused.join(', ')
      return new LaneFault('QUEUE-03', {
        ...of,
        note: t(`平台只不收 ${refused}`, `the platform refuses ${refused} alone`),
      })
    }
    case 'shape':
      return new LaneFault('UPLOAD-01', { ...of, note: shapeWords(fault.takes) })
  }
}

export const heldCalls = defineCalls(({ runtime, acts }: Lot<'runtime' | 'acts'>) => {
  const aside = (): OutboxRecord[] =>
    [...runtime.queue.aside.values()].filter(({ state }) => state === 'held')

  function held(outboxId: string, act: 'mend' | 'release'): OutboxRecord {
    const record = runtime.queue.aside.get(outboxId)
    const bar = mendBar(record, act)
    const of = { field: '/outboxId', value: outboxId }
    if (record === undefined || bar === 'notHeld') throw new LaneFault('QUEUE-01', of)
    if (bar !== null) throw new LaneFault('QUEUE-02', { ...of, note: barWords[bar] })
    const rival = rivalOf(runtime, runtime.outboxAt(record.seq), act)
    if (rival !== null) throw new LaneFault('QUEUE-05', { ...of, note: rival })
    return record
  }

  const factsOf = (record: OutboxRecord, act: LotAct) => ({
    record,
    row: runtime.outboxAt(record.seq),
    audit: act.row(record.outboxId),
    nowMs: runtime.nowMs(),
  })

  function mend(args: ArgsOf<'queue.mend'>, role: Role): AnswerOf<'queue.mend'> {
    const { outboxId: id, members } = args
    let outboxId: string | null = null
    const act = acts.of('queue.mend', args, role)
    const answer = act.once(() => {
      const record = held(id, 'mend')
      const facts = factsOf(record, act)
      const { dialectAt, crypto } = runtime.outboxMaker()
      const dialect = dialectAt(facts.row.body.destination)
      const rows = dialect.membersOf(record.op)
      const made = mended(facts.row.body.body, rows, members, record.lastNote)
      if (!made.ok) throw mendFault(made.fault, members[made.fault.member])
      dialect.refuseText(made.body)
      outboxId = runtime.mint('U')
      const ofPlate = rows.filter((row) => 'takes' in row && row.ofPlate === true)
      const plates = made.members.filter(({ member }) => ofPlate.some((row) => row.name === member))
      const others = plates.length > 0 ? othersTold(runtime, record.destination) : []
      const told = others.length > 0 ? [plateRow(facts, outboxId, plates, others)] : []
      runtime.carryOut([...mendRows(facts, { ...made, outboxId }, crypto), ...told])
    })
    return { ...answer, outboxId }
  }

  return {
    'queue.held': ({ limit = rowsMax }) => {
      const rows = aside()
      return { rows: rows.slice(0, limit).map((one) => heldView(runtime, one)), count: rows.length }
    },
    'queue.mend': mend,
    ...acts.table({
      'queue.end': ({ outboxId }, act) => {
        const of = { field: '/outboxId', value: outboxId }
        const record = runtime.queue.aside.get(outboxId)
        if (record?.state !== 'held') throw new LaneFault('QUEUE-01', of)
        const by = endOf(runtime.queue, record)
        if (by === null) throw new LaneFault('QUEUE-06', of)
        runtime.carryOut(endRows(factsOf(record, act), by))
      },
      'queue.release': ({ outboxId }, act) =>
        runtime.carryOut(releaseRows(factsOf(held(outboxId, 'release'), act))),
    }),
  }
})
