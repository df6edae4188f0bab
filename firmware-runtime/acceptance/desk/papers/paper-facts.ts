// The facts of a lot for its acceptance papers: lot file, certificates, people, surveys and runs.
// They contain no key, password or plate; unknown values are null.
import { laneKinds } from '#base/pure/device-kinds/lane-kinds.ts'
import { deviceKinds } from '#base/pure/device-kinds/table.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { secretStore } from '#base/secrets/secret-store.ts'
import { machineSecret } from '#base/secrets/machine-seal.ts'
import { rowsSince } from '#ledger/sqlite/rows-since.ts'
import { roleWords } from '#base/pure/values/roles.ts'
import { boundarySaid, capacitySaid, isLinkRow } from '../../pure/papers/judged.ts'
import type { PaperFolder } from '../../pure/papers/folder.ts'
import type { PaperFacts } from '../../pure/papers/paper.ts'
import type { AcceptanceSession } from '../service/session.ts'
import { upkeepOf, type LotConfig } from '#base/pure/lot/config.ts'
import { joinedDestinations } from '#ledger/pure/lot/destinations.ts'
import { spacesSaid } from '#lane/pure/lot/lot-facts.ts'
import { channelWords } from '#base/pure/lot/destination-members.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { withFolder } from '#lane/folder/link-here.ts'
import { needsOf } from '#lane/folder/link-needs.ts'
import { peopleOffline } from '#lane/folder/people-offline.ts'
import { platformFiles } from '#lane/desk/setup/platform-files.ts'
import { surveyedLanes } from './surveyed-lanes.ts'

const both = (text: string): BilingualText => t(text, text)
const joined = (lines: readonly BilingualText[]): BilingualText | null =>
  lines.length === 0
    ? null
    : t(lines.map(({ zh }) => zh).join('\n'), lines.map(({ en }) => en).join('\n'))

/** Scheme and place of a link, without user, password and options. */
function placeOf(link: string): string {
  const [, scheme = '', rest = link] = /^([a-z+]+):(?:\/\/)?(.*)$/.exec(link) ?? []
  const [place = ''] = rest.split(/[?#]/)
  return `${scheme}:${place.split('@').at(-1) ?? ''}`
}

const directions = { entry: t('入口', 'entry'), exit: t('出口', 'exit') } as const

const lanesOf = ({ lanes }: LotConfig): BilingualText | null =>
  joined(
    lanes.map(({ id, name, direction, layout }) => {
      const way = directions[direction]
      return t(`${id} ${name.zh} ${way.zh} ${layout}`, `${id} ${name.en} ${way.en} ${layout}`)
    }),
  )

const devicesOf = ({ lanes }: LotConfig): BilingualText | null =>
  joined(
    lanes.flatMap((lane) =>
      laneKinds.flatMap((kind) => {
        const link = lane[kind]
        if (link === null) return []
        const { zh, en } = deviceKinds[kind].lane.words
        return [t(`${lane.id} ${zh} ${placeOf(link)}`, `${lane.id} ${en} ${placeOf(link)}`)]
      }),
    ),
  )

/** What the lot speaks to, by name. */
function outwardOf(config: LotConfig): readonly (readonly [BilingualText, string])[] {
  const { gateway, reservation, help, copies } = config
  const rows: readonly (readonly [BilingualText, string | undefined])[] = [
    ...joinedDestinations(config).map(({ id, link }) => [channelWords[id], link.url] as const),
    [t('支付网关', 'payment gateway'), gateway?.url],
    [t('预约平台', 'reservations'), reservation?.broker],
    [t('呼叫', 'calls'), help?.hook?.url],
    [t('副本', 'copies'), copies?.to],
  ]
  return rows.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const]))
}

const destinationsOf = (config: LotConfig): BilingualText | null =>
  joined(
    outwardOf(config).map(([{ zh, en }, url]) =>
      t(`${zh} ${placeOf(url)}`, `${en} ${placeOf(url)}`),
    ),
  )

const boundaryOf = (config: LotConfig): BilingualText =>
  boundarySaid({
    intake: config.intake ?? null,
    outward: outwardOf(config).map(([, url]) => placeOf(url)),
  })

/** Of every platform that the lot has joined, each by its name. */
const certificatesOf = (dir: string, config: LotConfig, nowMs: InstantMs): BilingualText | null =>
  joined(
    joinedDestinations(config).flatMap(({ id, link }) => {
      const at = needsOf(config, link).includes('certificates') ? withFolder(dir, id, link) : link
      return platformFiles(at, nowMs).map(({ name, state, who, certSerial, untilIso }) => {
        const parts = [name, who, certSerial ?? '', untilIso?.slice(0, 10) ?? '', state]
        const said = parts.filter((part) => part !== '').join(' ')
        const { zh, en } = channelWords[id]
        return t(`${zh} ${said}`, `${en} ${said}`)
      })
    }),
  )

function offlineOf({ offline, caps, chargeMode }: LotConfig): BilingualText {
  const [each, total] = [fenText(caps.perChargeFen), fenText(caps.totalFen)]
  const limits = t(
    `单笔 ${each},合计 ${total},最多 ${caps.count} 笔`,
    `each ${each}, together ${total}, ${caps.count} at most`,
  )
  return t(
    `扣费方式 ${chargeMode},断网策略 ${offline};${limits.zh}`,
    `charge mode ${chargeMode}, without network ${offline}; ${limits.en}`,
  )
}

function copiesOf(config: LotConfig): BilingualText {
  const { backupsKept, backupHour } = upkeepOf(config)
  const nightly = t(
    `每晚 ${backupHour} 时备份,保留 ${backupsKept} 份`,
    `a backup each night at ${backupHour}, ${backupsKept} are kept`,
  )
  const to = config.copies === undefined ? null : placeOf(config.copies.to)
  return to === null
    ? t(`${nightly.zh};没有第二地点`, `${nightly.en}; no second place`)
    : t(`${nightly.zh};密封副本 ${to}`, `${nightly.en}; sealed copies at ${to}`)
}

function listenersOf({ intake }: LotConfig): BilingualText {
  const own = t('控制接口只在本机', 'the control interface on this machine alone')
  if (intake === undefined) return t(`${own.zh};相机推送只在本机`, `${own.en}; camera pushes too`)
  const { host, port, allow } = intake
  const from = allow.join(', ')
  return t(
    `${own.zh};相机推送 ${host}:${port},只许 ${from}`,
    `${own.en}; camera pushes at ${host}:${port}, from ${from} alone`,
  )
}

function clockOf({ time }: LotConfig): BilingualText | null {
  const sources = [
    ...(time?.servers ?? []),
    ...(time?.receiver === undefined ? [] : [time.receiver]),
  ]
  return sources.length === 0 ? null : both(sources.map(placeOf).join(', '))
}

function runsOf({ sessionId, results }: AcceptanceSession): BilingualText | null {
  const all = Object.values(results)
  if (sessionId === null || all.length === 0) return null
  const count = (verdict: string): number => all.filter((one) => one.verdict === verdict).length
  const [pass, fail, open] = [count('pass'), count('fail'), count('incomplete')]
  return t(
    `${sessionId}:通过 ${pass},不通过 ${fail},未完成 ${open}`,
    `${sessionId}: ${pass} passed, ${fail} failed, ${open} incomplete`,
  )
}

/** Rows 7 to 12 of the newest survey of each lane. */
const linkOf = (dir: string): BilingualText | null =>
  joined(
    surveyedLanes(dir).flatMap(({ lane, items }) =>
      items
        .filter(({ id }) => isLinkRow(id))
        .map(({ id, verdict, words }) =>
          t(`${lane} ${id} ${verdict} ${words.zh}`, `${lane} ${id} ${verdict} ${words.en}`),
        ),
    ),
  )

const capacityOf = (dir: string): BilingualText | null =>
  capacitySaid(
    surveyedLanes(dir).flatMap(({ lane, items }) =>
      items.map(({ id, verdict }) => ({ lane, id, verdict })),
    ),
  )

function rehearsalsOf(dir: string, nowMs: InstantMs): BilingualText | null {
  if (!existsSync(join(dir, 'ledger.db'))) return null
  const begun = rowsSince(dir, nowMs - 366 * dayMs).filter(
    ({ kind, body }) => kind === 'audit' && 'act' in body && body.act.startsWith('rehearse.begin'),
  )
  const last = begun.at(-1)
  if (last === undefined) return null
  const day = isoOf(last.atMs).slice(0, 10)
  return t(
    `近一年 ${begun.length} 次,最近 ${day}`,
    `${begun.length} within a year, the last on ${day}`,
  )
}

const cryptography = t(
  '请求和应答按平台证书签名和核验(国密为 SM2/SM3),HTTPS 按指定机构核对证书;文件以 SM4-GCM 加密;账本以密钥散列成链;私钥和密码密封到本机',
  'Requests and answers are signed and checked by certificates of the platform (SM2 and SM3 in the national suite), HTTPS checks its named authority; files are sealed by SM4-GCM; the ledger is a keyed chain; private keys and passwords are sealed to the machine',
)
const audit = t(
  '每个人工动作记姓名、身份、原因和时间,写入只增账本,逐行成链,可离线核对',
  'Each act of a person with name, role, reason and time, in a ledger that only grows, row by row in a chain that is checked offline',
)

interface PaperSources {
  readonly dir: string
  readonly config: LotConfig
  readonly session: AcceptanceSession
  readonly folder: PaperFolder
  readonly nowMs: InstantMs
}

export function paperFacts({ dir, config, session, folder, nowMs }: PaperSources): PaperFacts {
  const { name, lotId, provinceCode, help, district = '', qualification = '' } = config
  const spaces = spacesSaid(config)
  const people = peopleOffline(dir, 'papers').accounts
  const secrets = secretStore(dir, machineSecret()).names()
  const hook = help?.hook?.url
  return {
    lot: t(
      `${name.zh} ${lotId},车位 ${spaces.zh},地区 ${provinceCode} ${district}`.trimEnd() +
        (qualification === '' ? '' : `,资质或备案号 ${qualification}`),
      `${name.en} ${lotId}, spaces ${spaces.en}, region ${provinceCode} ${district}`.trimEnd() +
        (qualification === '' ? '' : `, licence or record ${qualification}`),
    ),
    lanes: lanesOf(config),
    devices: devicesOf(config),
    destinations: destinationsOf(config),
    certificates: certificatesOf(dir, config, nowMs),
    secrets: secrets.length === 0 ? null : both(secrets.join(', ')),
    people: joined(
      people.map((one) => {
        const { zh, en } = roleWords[one.role]
        return t(`${one.name} ${zh}`, `${one.name} ${en}`)
      }),
    ),
    offline: offlineOf(config),
    copies: copiesOf(config),
    listeners: listenersOf(config),
    clock: clockOf(config),
    calls: hook === undefined ? null : both(placeOf(hook)),
    runs: runsOf(session),
    link: linkOf(dir),
    capacity: capacityOf(dir),
    boundary: boundaryOf(config),
    rehearsals: rehearsalsOf(dir, nowMs),
    drills: joined(
      folder.drills.map(({ heldIso, note, by }) => both(`${heldIso.slice(0, 10)} ${by} ${note}`)),
    ),
    cryptography,
    audit,
  }
}
