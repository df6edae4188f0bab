// The money fields of a frame table: amount, balance, result and proof must be where the generic table of the same
// length has them, be read as whole fen, and have no other code table behind a result.
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { fenMax } from '#base/pure/values/fen.ts'
import type { FieldTable, FrameForm, VariantTable } from '../../pure/rsu/table-types.ts'
import type { RsuVariant } from '../../pure/rsu/variants.ts'
import type { Findings } from '../findings.ts'
import { problemPointer } from '../rsu-override.ts'
import type { Profile } from '../schema.ts'
import { moneyWords as says } from '../money-words.ts'

/** By frame: the fields that request, report or prove money. */
export const moneyFields: Readonly<Record<string, readonly string[]>> = {
  B3: ['obuId', 'error', 'plate', 'colour', 'vehicle'],
  B4: ['obuId', 'error', 'balance', 'card', 'vehicle', 'cardPresent', 'obuStatus', 'blacklist'],
  B5: ['obuId', 'error', 'tac', 'cardSerial', 'psamSerial', 'balanceAfter', 'time'],
  B8: ['obuId', 'error', 'tac', 'balanceAfter'],
  C6: ['obuId', 'tradeType', 'amount', 'time'],
  C8: ['obuId', 'cardSerial'],
}
const codeListOf: Readonly<Record<string, string>> = {
  B3: 'b3Error',
  B4: 'b4Error',
  B5: 'b5Error',
  B8: 'b8Error',
}
/** Amounts by frame. */
const amounts: Readonly<Record<string, string>> = {
  B4: 'balance',
  B5: 'balanceAfter',
  B8: 'balanceAfter',
  C6: 'amount',
}
/** A result without these fields proves nothing and is named so: the driver never takes it for a payment. */
const proof = ['tac', 'cardSerial', 'psamSerial', 'balanceAfter'] as const
const withoutProof = 'withoutDebit'

const fieldOf = ({ fields }: FrameForm, name: string): FieldTable | undefined =>
  fields.find((field) => field.name === name)

const formsOf = (table: VariantTable, code: string): readonly FrameForm[] =>
  table.frames.find((frame) => frame.code === code)?.forms ?? []

const layoutOf = ({ off, len, type, enum: list }: FieldTable): BilingualText =>
  says.layout(off, len, list ?? type)
/** The same in every language: offset, bytes, kind. */
const layoutText = ({ off, len, type, enum: list }: FieldTable): string =>
  `${off}+${len} ${list ?? type}`

const isSameKind = (a: FieldTable, b: FieldTable): boolean =>
  a.type === b.type && a.len === b.len && a.enum === b.enum && a.table === b.table

interface CheckContext {
  readonly p: Profile
  readonly base: VariantTable
  readonly variant: RsuVariant
  readonly say: (code: string, form: FrameForm, value: string, note: BilingualText) => void
}

/** Whether a captured or printed frame of the profile contains that field with a value. */
const isShown = ({ p }: CheckContext, code: string, form: FrameForm, name: string): boolean =>
  p.examples.some(({ origin, expect }) => {
    if (origin !== 'captured' && origin !== 'published') return false
    if (expect.as !== 'frame' || expect.frame !== code || expect.form !== form.name) return false
    const value = expect.fields[name]
    return typeof value === 'number' ? value > 0 : !/^0*$/.test(String(value ?? ''))
  })

/** These two decide whether money moved, so no capture may move them: a zero byte would mean success. */
const fixed = ['obuId', 'error']

function checkPlaces(context: CheckContext, code: string, form: FrameForm): void {
  const { base, say } = context
  const known = formsOf(base, code)
  const twin = known.find(({ length }) => length === form.length)
  for (const name of moneyFields[code] ?? []) {
    const field = fieldOf(form, name)
    if (field === undefined) continue
    const same = known.flatMap((one) => fieldOf(one, name) ?? [])
    const [first] = same
    if (first !== undefined && !same.some((one) => isSameKind(one, field)))
      say(code, form, `${name} ${layoutText(field)}`, says.readsAs(base.id, layoutOf(first)))
    else if (fixed.includes(name)) {
      if (first !== undefined && !same.some(({ off }) => off === field.off))
        say(code, form, `${name} ${layoutText(field)}`, says.hasAt(base.id, layoutOf(first)))
    } else {
      const there = twin === undefined ? undefined : fieldOf(twin, name)
      const moved = there !== undefined && there.off !== field.off
      if (moved && !isShown(context, code, form, name))
        say(
          code,
          form,
          `${name} ${layoutText(field)}`,
          says.hasAt(twin?.name ?? '', layoutOf(there)),
        )
    }
  }
  const list = codeListOf[code]
  const error = fieldOf(form, 'error')
  if (list !== undefined && error !== undefined && (error.enum !== list || error.len !== 1))
    say(code, form, `error ${layoutText(error)}`, says.resultOneByte(list))
}

function checkAmount({ variant, say }: CheckContext, code: string, form: FrameForm): void {
  const name = amounts[code]
  const field = name === undefined ? undefined : fieldOf(form, name)
  if (name === undefined || field === undefined) return
  if (field.type !== 'fen' || (field.nullWhen ?? 'FFFFFFFF') !== 'FFFFFFFF')
    say(code, form, `${name} ${layoutText(field)}`, says.wholeFen())
  for (const fen of [0, 1, fenMax]) {
    const made = variant.engine.encode(code, { ...form.example.value, [name]: fen }, form.name)
    const read = made.ok ? variant.engine.decode(made.data) : null
    if (read?.ok !== true || read.value[name] !== fen)
      say(code, form, `${name} ${fen}`, says.notReadBack())
  }
  // Zeros look the same at every place, so the example of a layout must have a value.
  if (!form.example.value[name])
    say(code, form, `${name} ${String(form.example.value[name])}`, says.exampleNoMoney())
}

function checkForm(context: CheckContext, code: string, form: FrameForm): void {
  const { say } = context
  checkPlaces(context, code, form)
  checkAmount(context, code, form)
  if (code === 'C6') {
    const missing = ['obuId', 'amount', 'time'].filter((name) => fieldOf(form, name) === undefined)
    // The first form that can be built is sent: without the amount it would request nothing.
    if (missing.length > 0) say(code, form, missing.join(', '), says.debitHas())
  }
  if (code === 'B5') {
    const lacks = proof.filter((name) => fieldOf(form, name) === undefined)
    if (lacks.length > 0 && form.name !== withoutProof)
      say(code, form, form.name, says.withoutNamed(lacks.join(', '), withoutProof))
  }
  const isFixed = typeof form.length === 'number'
  if (!isFixed && ['B4', 'B5', 'B8', 'C6'].includes(code))
    say(code, form, JSON.stringify(form.length), says.oneLength())
}

/** Words that decide about a debit: their codes must be those of the base. */
const words: Readonly<Record<string, string>> = {
  tradeType: 'debitOnly',
  blacklist: 'black',
  cardPresent: 'present',
  obuStatus: 'ok',
}

function checkWords({ codeLists }: Profile, base: VariantTable, findings: Findings): void {
  for (const [list, word] of Object.entries(words)) {
    const known = Object.entries(base.enums[list] ?? {}).find(([, one]) => one === word)?.[0]
    codeLists[list]?.codes.forEach((one, i) => {
      if (known === undefined || one.word !== word || one.code === known) return
      const at = ['codeLists', list, 'codes', i, 'code']
      findings.add('PROFILE-25', at, one.code, says.wordIs(word, known, base.id))
    })
  }
}

/** Files of a card and a vehicle are the same everywhere; 0019 has two layouts (section 9 row 23). */
const cardFiles = ['f0015', 'vehicle79', 'sysinfo26']

function checkFiles(p: Profile, base: VariantTable, findings: Findings): void {
  p.protocol.overrides?.files?.forEach((file, n) => {
    const known = base.files.find(({ name }) => name === file.name)
    if (known === undefined || !cardFiles.includes(file.name)) return
    for (const field of known.fields) {
      const i = file.fields.findIndex(({ name }) => name === field.name)
      const here = file.fields[i]
      if (here !== undefined && here.off === field.off && isSameKind(here, field)) continue
      const at = ['protocol', 'overrides', 'files', n, 'fields', ...(i < 0 ? [] : [i])]
      const value = here === undefined ? field.name : `${field.name} ${layoutText(here)}`
      findings.add('PROFILE-25', at, value, says.hasAt(file.name, layoutOf(field)))
    }
  })
}

function checkRest(p: Profile, base: VariantTable, table: VariantTable, findings: Findings): void {
  const at = ['protocol', 'overrides']
  for (const code of table.b4Readable)
    if (!base.b4Readable.includes(code)) {
      const after = base.b4Readable.join(', ')
      findings.add('PROFILE-25', [...at, 'b4Readable'], code, says.readsCardAfter(base.id, after))
    }
  const { entry, exit } = table.laneModes
  const { laneModes } = base
  const differ = laneModes.entry !== laneModes.exit
  if (differ && (entry === exit || entry === laneModes.exit || exit === laneModes.entry))
    findings.add(
      'PROFILE-25',
      [...at, 'laneModes'],
      `${entry} ${exit}`,
      says.laneModes(laneModes.entry, laneModes.exit, base.id),
    )
  p.settings.forEach(({ writes, reads }, i) => {
    for (const [member, place] of Object.entries({ writes, reads }))
      if (place !== null && moneyFields[place.frame] !== undefined)
        findings.add(
          'PROFILE-25',
          ['settings', i, member, 'frame'],
          `${place.frame} ${place.field}`,
          says.noPlaceForSetting(),
        )
  })
}

/** For a table without problems, which the driver can work with. */
export function checkMoneyFields(
  p: Profile,
  base: VariantTable,
  variant: RsuVariant,
  findings: Findings,
): void {
  const { table } = variant
  const context: CheckContext = {
    p,
    base,
    variant,
    say: (code, form, value, note) => {
      const problem = { at: `/frames/${code}/${form.name}`, kind: 'table' } as const
      const why = says.inForm(code, form.name, note)
      findings.add('PROFILE-25', problemPointer(p, problem), value, why)
    },
  }
  for (const { code, onLonger, forms } of table.frames) {
    if (moneyFields[code] === undefined) continue
    const [first] = forms
    if (onLonger === 'rest' && first !== undefined)
      context.say(code, first, 'onLonger rest', says.longerRefused())
    for (const form of forms) checkForm(context, code, form)
  }
  checkWords(p, base, findings)
  checkFiles(p, base, findings)
  checkRest(p, base, table, findings)
}
