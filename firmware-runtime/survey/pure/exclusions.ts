// Pairs of sentences of one survey that exclude each other (survey-verdicts 7.22): each row that one of them carries is
// incomplete, with both sentences in its reason. What a file does not state excludes nothing.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { identityOf } from './file/identity.ts'
import { because, type Reason } from './next-steps.ts'
import type { SurveyProject } from './file/project.ts'
import type { ItemId } from './file/record.ts'

interface Exclusion {
  /** The rows that rest on one of the two. */
  readonly rows: readonly ItemId[]
  /** Both sentences in words; null: they agree. */
  find(survey: SurveyProject): BilingualText | null
}

const metres = (mm: number): string => (mm / 1_000).toFixed(2)

/** A photo is placed by hand on a plan. Assumed. */
const antennaApartMm = 1_000

const antennaPlace: Exclusion = {
  rows: ['D2', 'D5'],
  find({ photos, setup }) {
    const at = setup?.at ?? null
    const seen = photos.findLast(({ item, part }) => item === 'D2' && part === 'antenna-place')
    const photo = seen?.at ?? null
    if (at === null || photo === null) return null
    if (Math.hypot(at.xMm - photo.xMm, at.yMm - photo.yMm) <= antennaApartMm) return null
    const [a, b] = [photo, at].map(({ xMm, yMm }) => `(${metres(xMm)}, ${metres(yMm)})`)
    return t(
      `D2 的照片里天线在 ${a},天线设置写的是 ${b}`,
      `the photo of D2 has the antenna at ${a}, its setup says ${b}`,
    )
  },
}

const antennaModel: Exclusion = {
  rows: ['D4', 'D5', 'D6'],
  find({ nameplate, setup }) {
    const plate = nameplate?.library?.profile
    if (plate === undefined || setup === null || setup.profile === '') return null
    if (identityOf(plate) === identityOf(setup.profile)) return null
    return t(
      `铭牌按 ${plate} 核对,天线设置写的是 ${setup.profile}`,
      `the name plate was compared with ${plate}, the setup says ${setup.profile}`,
    )
  },
}

/** A place that is named as another lane. */
const otherLane =
  /[邻旁][侧边]?车?道|第?[二三2-9]\s*号?车道|\b(?:lane\s*[2-9]|next lane|neighbou?r|adjacent)/i

const singleLane: Exclusion = {
  rows: ['D5', 'D6'],
  find({ opened, crossReads }) {
    const zone = opened?.zone
    // A flag that was left out says nothing of other lanes (7.8).
    if (zone?.noNeighbours === undefined || zone.neighbourAxesMm.length > 0) return null
    const places = crossReads.flatMap(({ neighbours = [] }) => neighbours.map(({ place }) => place))
    const place = places.find((one) => otherLane.test(one))
    if (place === undefined && !crossReads.some(({ inNeighbour }) => inNeighbour > 0)) return null
    return t(
      `开测写明没有邻道,却有放在邻道的 OBU${place === undefined ? '' : `(${place})`}`,
      `the survey says that there is no other lane, and OBUs were in one${place === undefined ? '' : ` (${place})`}`,
    )
  },
}

/** Names that systems give to the link of a modem. */
const modemLink = /^(?:wwan|wwp|ppp|rmnet|usb|cdc-wdm)/i

const wireAndModem: Exclusion = {
  rows: ['D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13'],
  find({ opened, signals, links, rates }) {
    if (opened?.access !== 'wire') return null
    const named = [...links, ...rates].find(({ interfaceName }) =>
      modemLink.test(interfaceName ?? ''),
    )
    const isSeen = signals.some(({ rsrpDbm, sinrDb }) => rsrpDbm !== null || sinrDb !== null)
    if (named === undefined && !isSeen) return null
    const by = named?.interfaceName ?? 'RSRP, SINR'
    return t(
      `开测写明专线接入,读数却经调制解调器(${by})`,
      `the survey says that the lane is on a wire, and readings are of a modem (${by})`,
    )
  },
}

const ownElsewhere: Exclusion = {
  rows: ['D6'],
  find({ crossReads }) {
    for (const { antennaId, own = [], neighbours = [], rounds } of crossReads) {
      const often = neighbours.find(({ reads, trials }) => reads > trials)
      if (often !== undefined)
        return t(
          `OBU ${often.obuId} 只放了 ${often.trials} 次,却读到 ${often.reads} 次`,
          `OBU ${often.obuId} was offered ${often.trials} times and read ${often.reads} times`,
        )
      // With all antennas at once each OBU is in its own lane, and in another one for the others.
      if (antennaId === null) continue
      const there = new Set(neighbours.map(({ obuId }) => identityOf(obuId)))
      const both = own.find(({ obuId, reads }) => reads > 0 && there.has(identityOf(obuId)))
      if (both !== undefined)
        return t(
          `同一次测试中 OBU ${both.obuId} 既在本道又在邻道`,
          `OBU ${both.obuId} stood in its own and in the other lane in one run`,
        )
      const more = own.find(({ reads }) => rounds !== undefined && reads > rounds)
      if (more !== undefined)
        return t(
          `OBU ${more.obuId} 在 ${rounds} 轮里读到 ${more.reads} 次`,
          `OBU ${more.obuId} was read ${more.reads} times in ${rounds} rounds`,
        )
    }
    return null
  },
}

/** A step of a modem's report; larger differences are another reading. */
const reportStepDb = 1.5
const namedIn = (raw: string, name: RegExp): number | null => {
  const [, figure] = name.exec(raw) ?? []
  return figure === undefined ? null : Number(figure)
}
const rsrpName = /rsrp['"]?\s*[:=]\s*['"]?(-?\d+(?:\.\d+)?)/i
const sinrName = /(?:sinr|s\/n|snr)['"]?\s*[:=]\s*['"]?(-?\d+(?:\.\d+)?)/i

const figureAndRaw: Exclusion = {
  rows: ['D13'],
  find({ signals }) {
    for (const { raw, rsrpDbm, sinrDb } of signals)
      for (const [name, said, figure] of [
        ['RSRP', rsrpDbm, namedIn(raw, rsrpName)],
        ['SINR', sinrDb, namedIn(raw, sinrName)],
      ] as const)
        if (figure !== null && said !== null && Math.abs(figure - said) > reportStepDb)
          return t(
            `${name} 记为 ${said},调制解调器的原文是 ${figure}`,
            `${name} is recorded as ${said}, the modem's own answer says ${figure}`,
          )
    return null
  },
}

const exclusions: readonly Exclusion[] = [
  antennaPlace,
  antennaModel,
  singleLane,
  wireAndModem,
  ownElsewhere,
  figureAndRaw,
]

/** The first pair that excludes each other in this row; null: none does. */
export function excluded(survey: SurveyProject, item: ItemId): Reason | null {
  for (const { rows, find } of exclusions) {
    if (!rows.includes(item)) continue
    const words = find(survey)
    if (words !== null)
      return because(
        'correct',
        `文件自相矛盾:${words.zh};更正一处`,
        `the file contradicts itself: ${words.en}; correct one`,
      )
  }
  return null
}
