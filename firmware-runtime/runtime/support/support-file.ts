// Makes a support file of a lot: the parts of its folder, and the answers of its own calls, of which only the members named
// here are kept. A part that cannot be had leaves its fault code, so that a broken lot has a file too.
import type { SupportFileView } from '../calls/support.ts'
import { actWords } from '../api/act-words.ts'
import { api, type ApiName } from '../api/table.ts'
import type { ApiReply } from '#base/calls/rows.ts'
import { tariffMembers } from '#money/pure/billing/tariff-members.ts'
import type { Tariff } from '#money/pure/billing/tariff.ts'
import type { LotConfig } from '#base/pure/lot/config.ts'
import { lotMembers } from '#base/pure/lot/lot-members.ts'
import { redactedFile } from '#lane/pure/support/file-rules.ts'
import { partOf, type LedgerParts, type SupportAsk } from '#lane/pure/support/ledger-parts.ts'
import { Redactor, type RedactorState } from '#lane/pure/support/redactor.ts'
import { kept, redacted, type Rule } from '#lane/pure/support/rules.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { compactOf, dayMs, isoOf, parseIso, type InstantMs } from '#base/pure/values/instant.ts'
import type { ProgramFacts } from '#base/pure/rows/ledger-row.ts'
import {
  supportParts,
  supportText,
  type PartText,
  type SupportPartName,
} from '#base/pure/values/support-file.ts'
import type { SupportPorts } from '#lane/ports/support.ts'

const spanDays = 7
const codes = kept('code')
const queueRule: Rule = {
  ...kept('unsent|oldestAgeSec|poison|exposureFen'),
  byKind: 'counts',
  byState: 'counts',
  byDestination: 'counts',
}
const certificates = kept('of|whose|fromIso|untilIso|leftMs|daysLeft|state')
const device: Rule = {
  ...kept('state|heardMsAgo|downMsAgo|clockOffsetMs|notUnderstood|notLive'),
  undated: kept('count|sinceIso|code|time'),
  refusedPush: kept('count|lastIso|isReadSince'),
  link: 'link',
  reason: 'word',
}
const disk: Rule = { ...kept('freeMb|warnMb|low'), photos: kept('days|mb|budgetGb|keepDays') }

interface CallRule {
  readonly call: ApiName
  readonly rule: Rule
}
/** Answers by part: of a call only the members of its rule. */
const calls: Partial<Readonly<Record<SupportPartName, readonly CallRule[]>>> = {
  doctor: [
    { call: 'machine.get', rule: { rows: kept('id|verdict') } },
    {
      call: 'device.health',
      rule: {
        psams: kept('laneId|authorised|state|toldMsAgo'),
        powers: kept('laneId|state'),
        signIn: kept('state|untilIso|leftMs|grantedMsAgo'),
        certificates,
        clock: kept('state|offsetMs|answeredMsAgo'),
      },
    },
  ],
  lanes: [
    {
      call: 'board.get',
      rule: {
        lanes: {
          ...kept('laneId|direction|layout|place|state|searching|barrierArmed'),
          ...kept('openedAloneAtIso|leftUpAtIso'),
          etc: kept('ready|why'),
          devices: { '*': device },
          printers: { ...kept('id|code|isNearEnd|waiting'), device },
          barrier: kept('position|arrive|under'),
          display: kept('state'),
        },
      },
    },
  ],
  matters: [
    {
      call: 'inbox.get',
      rule: {
        rows: { ...kept('kind|sinceIso|isUrgent'), why: { zh: 'said', en: 'said' } },
        unread: { call: 'keep', error: codes },
      },
    },
  ],
  queue: [
    { call: 'queue.status', rule: queueRule },
    {
      call: 'queue.list',
      rule: {
        rows: {
          ...kept('outboxId|op|state|attempts|atIso|amountFen|destination|stayId'),
          note: 'note',
        },
      },
    },
  ],
  state: [
    {
      call: 'status.get',
      rule: {
        ...kept('mode|chargeMode|offline|inside|capacity|network|reservation|signInUntilIso'),
        clock: {
          ...kept('businessIso|platformOffsetMs|offsetMsAgo|ntp'),
          doubt: kept('cause|readIso|otherIso'),
        },
        platform: kept('state|answeredMsAgo'),
        today: kept('passages|paidFen'),
        ledger: kept('headSeq|repair'),
        upkeep: {
          disk,
          photos: kept('days|oldestDay|keepDays|mb|budgetGb'),
          backup: {
            ...kept('lastAtIso|rows|verified|kept|keep|nextAtIso|running'),
            failed: kept('code|atIso'),
          },
          faults: codes,
        },
      },
    },
  ],
}
/** `code`: of a report that cannot be made. */
const folderRule: Rule = {
  ...kept('ok|nowIso|code'),
  certificates,
  disk,
  faults: codes,
  statusList: kept('state'),
}

interface LotFacts {
  readonly config: LotConfig
  readonly tariff: Tariff | null
}

interface SupportParts {
  readonly ports: SupportPorts
  readonly nowMs: InstantMs
  readonly version: string
  readonly program?: ProgramFacts | undefined
  readonly lotId: string
  /** Null: its file cannot be read. */
  readonly lot: LotFacts | null
  /** Names and roles of its accounts. */
  readonly people: RedactorState['people']
  /** Why the folder cannot be opened as a lot; absent: it can. */
  readonly fault?: LaneFault
  /** Null: no lot can answer. */
  readonly call: ((name: ApiName) => Promise<ApiReply<unknown>>) | null
}

interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What a lane is called in the file: its direction, and its number among those of that direction. */
function laneNamesOf(config: LotConfig | undefined): SupportAsk['lanes'] {
  const counts = { entry: 0, exit: 0 }
  return (config?.lanes ?? []).map(({ id, direction }): readonly [string, BilingualText] => {
    const no = ++counts[direction]
    return [
      id,
      direction === 'entry' ? t(`${no}号入口`, `Entry ${no}`) : t(`${no}号出口`, `Exit ${no}`),
    ]
  })
}

function timeOf(text: string | undefined, field: string): InstantMs | null {
  if (text === undefined) return null
  const atMs = parseIso(text)
  if (atMs !== null) return atMs
  const note = t('要 ISO 8601 并带时区', 'it must be ISO 8601 with a time zone')
  throw new LaneFault('API-01', { field, value: text, note })
}

function spanOf({ from, to }: Span, nowMs: InstantMs): { fromMs: InstantMs; toMs: InstantMs } {
  const toMs = timeOf(to, '/to') ?? nowMs
  const fromMs = timeOf(from, '/from') ?? toMs - spanDays * dayMs
  if (fromMs < toMs) return { fromMs, toMs }
  throw new LaneFault('API-01', {
    field: '/from',
    value: from ?? isoOf(fromMs),
    note: t('要早于结束时间', 'it must be before the end'),
  })
}

/** Which part cannot be made, and why: its code alone, since the rest of a fault may quote what is hidden. */
const lacking = (name: SupportPartName, code: string): PartText => ({
  name,
  text: 'null',
  items: 0,
  hidden: {},
  isCut: false,
  code,
})

async function orCode<T>(make: () => T | Promise<T>): Promise<T | { readonly code: string }> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    return { code: error.code }
  }
}

async function answersOf(
  name: SupportPartName,
  { call, ports, fault }: SupportParts,
  redactor: Redactor,
): Promise<PartText> {
  const found: Record<string, unknown> = {}
  let code: string = fault?.code ?? 'RUN-02'
  for (const { call: own, rule } of calls[name] ?? []) {
    if (call === null || (!ports.isRunning && api[own].rest !== 'folder')) continue
    const reply = await call(own)
    if (reply.ok) found[own] = redacted(rule, reply.data, redactor)
    else code = reply.error.code
  }
  if (name === 'doctor') {
    const report = await orCode(() => ports.folderReport())
    if (report !== null) found['folder'] = redacted(folderRule, report, redactor)
  }
  return Object.keys(found).length === 0 ? lacking(name, code) : partOf(name, found, redactor)
}

async function partsOf(parts: SupportParts, ask: SupportAsk): Promise<readonly PartText[]> {
  const { ports, lot, version, program } = parts
  const ledger = await orCode(() => ports.supportParts(ask))
  const none = { names: [], people: parts.people }
  const redactor = new Redactor('code' in ledger ? none : ledger.state)
  const own: Partial<Record<SupportPartName, PartText>> = {}
  const { isRunning } = ports
  const code = parts.fault?.code ?? null
  const facts = { version, ...program, ...ports.machine(), isRunning, code }
  own.program = partOf('program', facts, redactor)
  const lanes = ask.lanes.map(([laneId, name]) => ({ laneId, name }))
  if (lot !== null) {
    const file = redactedFile(lotMembers, lot.config, { redactor, isPublic: false })
    own.lot = partOf('lot', { file, lanes }, redactor)
    if (lot.tariff !== null)
      own.prices = partOf(
        'prices',
        redactedFile(tariffMembers, lot.tariff, { redactor, isPublic: true }),
        redactor,
      )
  }
  for (const name of ['doctor', 'lanes', 'matters', 'queue', 'state'] as const)
    own[name] = await answersOf(name, parts, redactor)
  const ofFolder = (name: SupportPartName): PartText | undefined =>
    (ledger as Partial<LedgerParts>).parts?.find((part) => part.name === name)
  const missing = 'code' in ledger ? ledger.code : (code ?? 'LOT-02')
  return supportParts.map((name) => own[name] ?? ofFolder(name) ?? lacking(name, missing))
}

/** Throws API-01 for a span that ends before it begins. */
export async function supportFile(parts: SupportParts, asked: Span): Promise<SupportFileView> {
  const { nowMs, lotId, lot, people, ports } = parts
  const span = spanOf(asked, nowMs)
  const lanes = laneNamesOf(lot?.config)
  const made = await partsOf(parts, { ...span, lanes, people, actWords })
  const head = {
    lotId,
    madeAtIso: isoOf(nowMs),
    fromIso: isoOf(span.fromMs),
    toIso: isoOf(span.toMs),
  }
  return {
    fileName: `support-${lotId}-${compactOf(nowMs)}.etcsupport`,
    text: supportText(head, made, (text) => ports.digestOf(text)),
  }
}
