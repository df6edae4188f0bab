// Which reading rows the folder of a stopped lot answers by itself, and which only a running lot can, with the reason.
// A test holds both lists against the table: each reading row stands in one of them.
import { t, type BilingualText } from '../core/values/fault-text.ts'
import type { ApiName } from './table.ts'

/** Answered from ledger, files and the state that the rows come to. */
export const restingRows = [
  'ledger.query',
  'ledger.sums',
  'ledger.sheet',
  'ledger.timeline',
  'ledger.verify',
  'receipt.check',
  'receipt.day',
  'pay.attempts',
  'lot.believed',
  'day.get',
  'queue.status',
  'queue.list',
  'queue.held',
  'photo.get',
  'stays.toCheck',
  'first.state',
  'rules.get',
  'tariff.get',
  'tariff.check',
  'tariff.price',
  'tariff.curve',
  'tariff.days',
  'coupons.list',
  'coupons.compare',
  'coupons.export',
  'merchants.list',
  'arrears.list',
  'inside.list',
  'inside.compare',
  'members.list',
  'members.compare',
  'members.export',
  'points.list',
  'points.statement',
  'points.compare',
  'people.list',
] as const satisfies readonly ApiName[]

interface RunningRows {
  readonly why: BilingualText
  readonly names: readonly ApiName[]
}

/** Reading rows that a folder alone cannot answer. */
export const runningRows: readonly RunningRows[] = [
  {
    why: t(
      '这是车道、设备和正在办理的事的现况,停着的时候没有',
      'it is what lanes, devices and running work are doing: a stopped lot has none of it',
    ),
    names: [
      ...(['status.get', 'board.get', 'receipt.printers', 'help.list', 'spaces.get'] as const),
      ...(['place.state', 'place.quote', 'safety.get', 'hold.list', 'device.health'] as const),
      ...(['device.settings', 'device.diff', 'device.wires', 'device.frames', 'tune.get'] as const),
      ...(['find.state', 'find.push', 'seek.state', 'survey.measuring'] as const),
      ...(['survey.antennas', 'survey.choices', 'tariff.replayState', 'setup.tried'] as const),
      ...(['people.seat', 'people.requests', 'passport.facts', 'passport.drift'] as const),
      ...([
        'profile.try',
        'exposure.get',
        'rehearse.get',
        'reservation.get',
        'reservation.check',
      ] as const),
    ],
  },
  {
    why: t(
      '有自己的命令读取文件夹:report、list status、backup look、rsu list、passport show、survey、profile、lot show',
      'a command of its own reads the folder: report, list status, backup look, rsu list, passport show, survey, acceptance list, profile, lot show',
    ),
    names: [
      ...(['report.start', 'report.plans', 'report.state', 'report.stop', 'report.file'] as const),
      ...(['list.status', 'backup.status', 'device.backups', 'preset.list'] as const),
      ...(['passport.file', 'profiles.library', 'profiles.sheet'] as const),
      ...(['passing.get'] as const),
      ...(['survey.list', 'survey.page', 'survey.picture', 'survey.assist'] as const),
      ...([
        'survey.report',
        'survey.figures',
        'acceptance.state',
        'papers.state',
        'papers.report',
        'lot.handover',
      ] as const),
      ...([
        'setup.get',
        'setup.inForce',
        'setup.credentials',
        'setup.joining',
        'setup.onboarding',
        'setup.jointReport',
        'setup.access',
        'setup.compare',
        'setup.handover',
      ] as const),
      ...(['setup.preview'] as const),
    ],
  },
]

const changes: BilingualText = t(
  '它会改动停车场,要由运行中的车道来做',
  'it changes the lot, which only its running lanes do',
)

/** Why the folder of a stopped lot does not answer a call; null: it does. */
export function whyNotAtRest(name: ApiName): BilingualText | null {
  if ((restingRows as readonly ApiName[]).includes(name)) return null
  return runningRows.find(({ names }) => names.includes(name))?.why ?? changes
}
