// Clause 7.2 of seed 001 as rules on a street of an open lot: gantries at its ends, cameras, piles and sensors at its
// spaces, handhelds and patrol cars that serve them. What is alike at every space is judged once.
import type { Known } from '#base/pure/lot/siting-measures.ts'
import type { Street } from '#base/pure/lot/streets.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { metres } from '#base/pure/lot/member.ts'
import type { Rules } from '#base/pure/rules/rule-pack.ts'
import { spaceStands } from '#base/pure/lot/street-spaces.ts'
import type { StreetClauses, StreetRule } from './layouts/layout.ts'
import {
  fail,
  findingOf,
  pass,
  passIf,
  range,
  stated,
  unknown,
  type Judged,
  type Rule,
  type Siting,
  type SitingFinding,
} from './siting-finding.ts'

/** What the lot has beside its streets. */
export interface BesideStreets {
  /** Spaces of the whole lot. */
  readonly spaces: number
  /** Handhelds or patrol cars: lanes with a place that are no piles. */
  readonly readers: number
}

interface Asked {
  readonly street: Pick<Street, 'stand' | 'spaces'>
  readonly beside: BesideStreets
  readonly rules: Rules
}

/** Spaces of the street that have the device. */
const withDevice = ({ spaces }: Asked['street'], device: 'sensor' | 'pile'): number =>
  spaces.filter(({ [device]: own }) => own !== undefined).length

/** As the person states it, once the lot file has one of the devices in this street. */
const atSpaces = (device: 'sensor' | 'pile', rule: Rule<Asked>): Rule<Asked> => ({
  ...rule,
  judge(known, of) {
    const there = withDevice(of.street, device)
    if (there === 0)
      return device === 'sensor'
        ? unknown('这个路段还没有检测器', 'The street has no sensor yet')
        : unknown('这个路段还没有识别桩', 'The street has no pile yet')
    const { verdict, reason } = rule.judge(known, of)
    const all = of.street.spaces.length
    return {
      verdict,
      reason: t(
        `${reason.zh}(${all} 个泊位中 ${there} 个)`,
        `${reason.en} (${there} of ${all} spaces)`,
      ),
    }
  },
})

/** As the person states it, once the lot file has a handheld or a patrol car. */
const byReader = (what: readonly [string, string], rule: Rule<Asked>): Rule<Asked> => ({
  ...rule,
  judge(known, of) {
    const { readers } = of.beside
    if (readers === 0) return unknown(`停车场还没有${what[0]}`, `The lot has no ${what[1]} yet`)
    const { verdict, reason } = rule.judge(known, of)
    return {
      verdict,
      reason: t(`${what[0]} ${readers} 台;${reason.zh}`, `${what[1]}: ${readers}; ${reason.en}`),
    }
  },
})

function ends({ gantryEnds }: Known, { rules }: Asked): Judged {
  const least = rules.limit('siting.gantryEnds', 'min')
  return passIf(
    gantryEnds >= least,
    `${gantryEnds} 个道路端头有门架天线;要求 ${least} 个`,
    `Gantries at ${gantryEnds} ends of the road; asked for: ${least}`,
  )
}

function headToTail({ stand, spaces }: Asked['street']): Judged {
  const { zh, en } = spaceStands[stand]
  if (spaces.length === 0) return unknown('这个路段还没有泊位', 'The street has no spaces yet')
  return stand === 'parallel'
    ? pass(`泊位${zh}`, `The spaces are ${en}`)
    : fail(
        `泊位${zh};识别桩只用于首尾相邻的泊位`,
        `The spaces are ${en}; piles serve head-to-tail spaces only`,
      )
}

/** One car serves several streets: judged by the spaces of the whole lot. */
function patrolSpaces({ beside: { spaces, readers }, rules }: Asked): Judged {
  const least = rules.limit('siting.patrolSpaces', 'min')
  const most = rules.limit('siting.patrolSpaces', 'max')
  if (readers === 0) return unknown('停车场还没有巡检车', 'The lot has no patrol car yet')
  const each = spaces / readers
  const shown = Number.isInteger(each) ? String(each) : each.toFixed(1)
  return passIf(
    each >= least && each <= most,
    `全场 ${spaces} 个泊位、${readers} 台巡检车,每台 ${shown} 个;每台宜 ${least}~${most} 个`,
    `${spaces} spaces and ${readers} patrol cars in the whole lot: ${shown} each; should be ${least} to ${most}`,
  )
}

const streetRules: Readonly<Record<StreetRule, Rule<Asked>>> = {
  gantryEnds: {
    asks: ['gantryEnds'],
    judge: ends,
    todo: t('在道路两端安装门架天线', 'Install gantries at both ends of the road'),
  },
  gantryKey: stated(
    'gantryKey',
    t('在关键路段和路口安装门架天线', 'Install gantries at key sections and junctions'),
  ),
  cameraAbove: stated(
    'cameraAbove',
    t('把摄像机装到泊位上方', 'Mount the cameras above the spaces'),
  ),
  cameraHeight: range('cameraHeightMm', (rules) => {
    const min = rules.limit('siting.cameraHeight', 'min')
    return { text: t(`宜 ≥ ${metres(min)}`, `should be >= ${metres(min)}`), min, max: null }
  }),
  cameraHelp: stated(
    'cameraHelp',
    t('加装雷达或补光灯,或写明原因', 'Add a radar or a fill light, or say why not'),
  ),
  cameraTour: stated(
    'cameraTour',
    t('设置轮巡,让摄像机看到每个泊位', 'Set the tour so that every space is looked at'),
  ),
  cameraBehind: stated(
    'cameraBehind',
    t('把摄像机移到车尾右后方', 'Move the cameras behind the tail, at the right'),
  ),
  headToTail: {
    asks: [],
    judge: (_, { street }) => headToTail(street),
    todo: t('这个路段改用别的布局', 'Use another layout for this street'),
  },
  pilePlace: atSpaces(
    'pile',
    stated('pileAtFront', t('把识别桩移到泊位右前方', 'Move the piles to the right front')),
  ),
  pileKeys: atSpaces(
    'pile',
    stated(
      'pileKeysOnline',
      t('接入在线密钥服务,或写明原因', 'Use an online key service, or say why not'),
    ),
  ),
  sensorFlush: atSpaces(
    'sensor',
    stated('sensorFlush', t('重新埋设,与路面齐平', 'Install them again, flush with the road')),
  ),
  handheldReads: byReader(
    ['手持机', 'handhelds'],
    stated('handheldPhotos', t('用手持机拍停放照片', 'Take photos with the handhelds')),
  ),
  patrolVideo: byReader(
    ['巡检车', 'patrol cars'],
    stated('patrolVideo', t('给巡检车装录像设备', 'Fit the patrol cars with video recording')),
  ),
  patrolSpaces: {
    asks: [],
    judge: (_, asked) => patrolSpaces(asked),
    todo: t('增减巡检车,或写明原因', 'Change the number of patrol cars, or say why it stays'),
  },
}

/** Rules on the whole lot: they stand with its first street, with the reason for leaving them. */
const ofLot: readonly StreetRule[] = ['patrolSpaces']

const noStreet: Asked['street'] = { stand: 'parallel', spaces: [] }

/** All rules of an open layout on each street, in the order of its clauses; without streets, on one that has nothing. */
export function judgeStreets(
  clauses: StreetClauses,
  streets: readonly (Asked['street'] & { readonly siting?: Siting | undefined })[],
  beside: BesideStreets,
  rules: Rules,
): readonly (readonly SitingFinding[])[] {
  const all = streets.length === 0 ? [noStreet] : streets
  return all.map((street: (typeof streets)[number], i) =>
    Object.entries(clauses).flatMap(([name, clause]) => {
      const rule = name as StreetRule
      if (i > 0 && ofLot.includes(rule)) return []
      const siting = street.siting ?? { measures: {} }
      return findingOf(rule, clause, streetRules[rule], siting, { street, beside, rules })
    }),
  )
}
