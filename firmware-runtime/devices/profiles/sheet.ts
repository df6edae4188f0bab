// A profile as readable sheet, part by part: required settings with reasons, peculiarities, identification, links,
// settings, codes, versions, tested types, Annex A, and sources.
import type {
  ProfileSheetPart,
  ProfileSheetRow,
  ProfileSheetView,
} from '../calls/profiles-views.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { profileStatusWords } from '#base/pure/values/profile-status.ts'
import { standardVerdicts } from './checks/standard-rows.ts'
import { hexTextOf } from './example-codecs.ts'
import { drivesOf } from './protocols.ts'
import { fullId, type Profile } from './schema.ts'
import {
  codeText,
  fieldsText,
  linkText,
  markText,
  plain,
  rangeOf,
  settingText,
  valueText,
  verdictWords,
} from './sheet-words.ts'

const row = (name: BilingualText, text: BilingualText, source = ''): ProfileSheetRow => ({
  name,
  text,
  source,
})

const noted = (text: BilingualText, note: BilingualText | undefined): BilingualText =>
  note === undefined ? text : t(`${text.zh};${note.zh}`, `${text.en}; ${note.en}`)

const settingRows = ({ settings }: Profile): ProfileSheetRow[] =>
  settings.flatMap((s) => [
    row(s.title, settingText(s), s.source),
    ...(s.lawful ?? []).map((one) => {
      const range = `${rangeOf(one.min, one.max)} ${one.unit}`
      const judged = one.comparable
        ? t(`${one.clause}:${range}`, `${one.clause}: ${range}`)
        : t(
            `${one.clause}:${range}(另一尺度,仅供对照)`,
            `${one.clause}: ${range} (another scale, for comparison only)`,
          )
      return row(s.title, noted(judged, one.note), s.source)
    }),
    ...(s.dbm?.steps ?? []).map(({ step, dbm }) =>
      row(s.title, plain(`${step} = ${dbm} dBm`), s.dbm?.source),
    ),
  ])

const codeRows = ({ codeLists }: Profile): ProfileSheetRow[] =>
  Object.entries(codeLists).flatMap(([id, { title, codes, source }]) =>
    codes.map((one) => row(title ?? plain(id), codeText(one), source)),
  )

const firmwareRows = ({ firmware, migrations = [], update }: Profile): ProfileSheetRow[] => [
  ...firmware.map(({ from, to, note, source }) =>
    row(t('适用固件', 'Firmware'), noted(plain(rangeOf(from, to)), note), source),
  ),
  ...migrations.map(({ since, setting, becomes, times = [1, 1], plus = 0, why, source }) => {
    const to = becomes === null ? '×' : (becomes ?? setting)
    const count = `${setting} → ${to} × ${times[0]}/${times[1]} + ${plus}`
    const said = t(`${count};${why.zh}`, `${count}; ${why.en}`)
    return row(t(`自固件 ${since}`, `From firmware ${since}`), said, source)
  }),
  ...(update === undefined
    ? []
    : [
        row(
          t('厂商公布的更新办法', "Maker's way to update"),
          t(update.zh, update.en),
          update.source,
        ),
      ]),
]

const approvalRows = ({ approvals = [], devicesSeen }: Profile): ProfileSheetRow[] => [
  ...approvals.map(({ approvalNo, hardwareVersions, status, source }) => {
    const versions = hardwareVersions.join(', ')
    const how = profileStatusWords[status]
    return row(plain(approvalNo), t(`${versions} ${how.zh}`, `${versions} ${how.en}`), source)
  }),
  ...devicesSeen.map(({ model, firmware, date, capture }) =>
    row(t('见过的实机', 'Unit seen'), plain(`${model} · ${firmware} · ${date} · ${capture}`)),
  ),
]

/** The rows of Annex A, each with its verdict. */
const standardRows = (p: Profile): ProfileSheetRow[] =>
  standardVerdicts(p).map(({ table, row: id, printed, verdict, odd }) => {
    const said = p.standardRows.find((one) => one.row === id && one.table === table)
    const { value = null, unit = null } = said ?? {}
    const figure = `${printed}: ${value === null ? '' : `${valueText(value)} ${unit ?? ''} `}`
    const word = verdictWords[verdict]
    const sure =
      said?.status === undefined || said.status === null ? null : profileStatusWords[said.status]
    const text = t(
      `${figure}${word.zh}${sure === null ? '' : ` · ${sure.zh}`}`,
      `${figure}${word.en}${sure === null ? '' : ` · ${sure.en}`}`,
    )
    return row(plain(`${table} ${id}`), noted(text, odd ?? undefined), said?.source ?? '')
  })

const figureRows = ({ limits, capabilities }: Profile): ProfileSheetRow[] => [
  ...Object.entries(limits).map(([name, { value, source }]) =>
    row(plain(name), plain(String(value)), source),
  ),
  ...Object.entries(capabilities).map(([name, on]) =>
    row(plain(name), on ? t('有', 'yes') : t('无', 'no')),
  ),
]

const frameRows = ({ protocol: { overrides = {} } }: Profile): ProfileSheetRow[] => [
  ...(overrides.withoutFrames ?? []).map((code) => row(plain(code), t('没有', 'is not there'))),
  ...(overrides.frames ?? []).flatMap(({ code, name, forms }) =>
    forms.map((form) => row(plain(`${code} ${name} ${form.name}`), fieldsText(form.fields))),
  ),
  ...(overrides.files ?? []).map(({ name, length, fields }) =>
    row(plain(`${name} ${length}`), fieldsText(fields)),
  ),
]

const exampleRows = ({ examples }: Profile): ProfileSheetRow[] =>
  examples.map(({ id, from, origin, hex, source }) => {
    const bytes = `${hexTextOf(hex).replaceAll(/\s/g, '').length / 2} bytes`
    return row(plain(id), plain(`${from} · ${origin} · ${bytes}`), source)
  })

const partsOf = (p: Profile): readonly (readonly [BilingualText, ProfileSheetRow[]])[] => [
  [
    t('要在设备上设置', 'To be set on the device'),
    p.needs.map(({ setting, why }) => row(setting, why)),
  ],
  [t('已知的特点', 'Known peculiarities'), p.quirks.map((q) => row(plain(q.id), q.why, q.seen))],
  [
    t('怎样认出它', 'How to recognise it'),
    p.recognise.map((one) => row(plain(one.by), markText(one), one.source)),
  ],
  [t('接线', 'Links'), p.links.map((one) => row(plain(one.form), linkText(one), one.source))],
  [t('设置', 'Settings'), settingRows(p)],
  [t('代码', 'Codes'), codeRows(p)],
  [t('时间、大小和能力', 'Times, sizes and capabilities'), figureRows(p)],
  [t('与通用帧表不同的帧', 'Frames that differ from the generic table'), frameRows(p)],
  [t('固件', 'Firmware'), firmwareRows(p)],
  [t('定型和实机', 'Tested types and units'), approvalRows(p)],
  [t('标准附录 A', 'Annex A of the standard'), standardRows(p)],
  [t('示例', 'Examples'), exampleRows(p)],
  [t('依据', 'Sources'), p.basis.map(({ id, text }) => row(plain(id), text))],
]

export const sheetOf = (p: Profile): ProfileSheetView => {
  const parts = partsOf(p).map(([title, rows]): ProfileSheetPart => ({ title, rows }))
  const { title, revision, status } = p
  return {
    id: fullId(p),
    title,
    revision,
    status,
    drives: drivesOf(p.protocol.id),
    parts: parts.filter(({ rows }) => rows.length > 0),
  }
}
