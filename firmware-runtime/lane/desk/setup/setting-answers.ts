// Converts settings of a lot between its file and the answers of the forms.
import type { LotConfig } from '#base/pure/lot/config.ts'
import {
  filedSetting,
  lotSettings,
  settingNames,
  settingPath,
  settingRow,
  type SettingAnswers,
  type SettingName,
} from '#base/pure/lot/lot-settings.ts'

/** Settings that a form asks for by their rows. */
const asked: readonly SettingName[] = settingNames.filter(
  (name) => lotSettings[name].group !== 'none',
)

/** Answers from the file; a value that every file has counts as an answer when it is not the standard. */
export const answersOfLot = (config: LotConfig): SettingAnswers =>
  Object.fromEntries(
    asked.flatMap((name) => {
      const value = filedSetting(config, name)
      const { optional, standard } = settingRow(name)
      const isSaid = value !== undefined && (optional === true || value !== standard)
      return isSaid ? [[name, value]] : []
    }),
  )

type Members = Readonly<Record<string, unknown>>

function withMember(lot: Members, path: readonly string[], value: unknown): Members {
  const [first = '', ...rest] = path
  if (rest.length === 0) return { ...lot, [first]: value }
  const inner = (lot[first] ?? {}) as Members
  return { ...lot, [first]: withMember(inner, rest, value) }
}

/** Members of a lot file from the answers: a flag that is off is left out. */
export function membersOfAnswers(answers: SettingAnswers): Members & { readonly caps?: object } {
  let lot: Members = {}
  for (const name of asked) {
    const { optional, standard, kind } = settingRow(name)
    const answer = answers[name] ?? (optional === true ? null : standard)
    if (answer === null || (kind === 'flag' && answer === false)) continue
    lot = withMember(lot, settingPath(name), answer)
  }
  return lot as Members & { readonly caps?: object }
}

/** A lot file without members that the forms answer; empty objects are removed. */
export function withoutAnswers(config: LotConfig): LotConfig {
  const taken = new Set<string>(asked)
  const kept = Object.entries(config).flatMap(([member, value]: [string, unknown]) => {
    if (taken.has(member)) return []
    const under = asked.filter((name) => name.startsWith(`${member}.`))
    if (under.length === 0 || typeof value !== 'object' || value === null) return [[member, value]]
    const rest = Object.entries(value).filter(([own]) => !taken.has(`${member}.${own}`))
    return rest.length === 0 ? [] : [[member, Object.fromEntries(rest)]]
  })
  return Object.fromEntries(kept) as unknown as LotConfig
}
