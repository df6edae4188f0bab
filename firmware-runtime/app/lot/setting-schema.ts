// The schema of a lot's settings, made of their rows (core/values/lot-settings.ts).
import { z } from 'zod'
import {
  settingNames,
  settingRow,
  type FiledSettings,
  type FiledUnder,
  type SettingName,
} from '../../core/values/lot-settings.ts'

type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> }

const valueSchema = (name: SettingName): z.ZodType => {
  const row = settingRow(name)
  return row.kind === 'flag' ? z.boolean() : z.int().min(row.min).max(row.max)
}

function memberSchema(name: SettingName): z.ZodType {
  const { always, standard } = settingRow(name)
  if (always === true) return valueSchema(name)
  const optional = valueSchema(name).optional()
  return typeof standard === 'number' ? optional.meta({ default: standard }) : optional
}

/** Members of one object of lot.json. */
export const settingsUnder = <P extends string>(parent: P): Shape<FiledUnder<P>> =>
  Object.fromEntries(
    settingNames
      .filter((name) => name.startsWith(`${parent}.`))
      .map((name) => [name.slice(parent.length + 1), memberSchema(name)]),
  ) as Shape<FiledUnder<P>>

/** Members of lot.json itself. */
export const settingsOfLot = Object.fromEntries(
  settingNames.filter((name) => !name.includes('.')).map((name) => [name, memberSchema(name)]),
) as Shape<FiledSettings>
