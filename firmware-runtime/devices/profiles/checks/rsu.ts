// Checks profiles of antennas: code lists with their meaning for money, the table resulting from the overrides, and
// whether the driver can work with it.
import { requiredSetting } from '../../pure/configure/contact.ts'
import { judgedProblems } from '../../pure/rsu/variant-with.ts'
import { rsuVariant, type RsuVariant, type RsuVariantId } from '../../pure/rsu/variants.ts'
import type { VariantOverride } from '../../pure/rsu/variant-override.ts'
import { statusFrame } from '../antenna-plan.ts'
import type { Findings, Path } from '../findings.ts'
import { codeOfProblem, moneyLists, overrideOf, problemPointer } from '../rsu-override.ts'
import type { Profile } from '../schema.ts'
import { noTwice } from './identity.ts'
import { checkMoneyCodes } from './money-codes.ts'
import { checkMoneyFields } from './money-fields.ts'
import { checkWrites, fieldAt } from './settings.ts'
import { findingWords as words } from '../finding-words.ts'

function checkCodeLists(p: Profile, findings: Findings): void {
  for (const [name, { codes }] of Object.entries(p.codeLists)) {
    const at: Path = ['codeLists', name, 'codes']
    noTwice(
      codes.map((c) => c.code),
      (i) => [...at, i, 'code'],
      findings,
    )
    noTwice(
      codes.map((c) => c.word),
      (i) => [...at, i, 'word'],
      findings,
    )
    const isMoney = moneyLists.some((list) => list === name)
    codes.forEach(({ code, money, moneyOnEntry }, i) => {
      if (isMoney && money === undefined)
        findings.add('PROFILE-07', [...at, i], code, words.decidesMoney(name))
      if (!isMoney && (money !== undefined || moneyOnEntry !== undefined))
        findings.add('PROFILE-07', [...at, i], code, words.saysNoMoney(name))
      if (isMoney && code.length !== 2)
        findings.add('PROFILE-05', [...at, i, 'code'], code, words.codeOneByte())
    })
  }
}

export interface CheckedRsu {
  readonly override: VariantOverride
  readonly variant: RsuVariant
}

/** The resulting table and override; null with findings. */
export function checkRsu(p: Profile, id: RsuVariantId, findings: Findings): CheckedRsu | null {
  const before = findings.list.length
  checkCodeLists(p, findings)
  // A code with two meanings would be lost on the way into a table.
  if (findings.list.length > before) return null
  const override = overrideOf(p, id)
  const base = rsuVariant(id).table
  // First the table by itself, then the settings against it, then both together.
  const { settings: _settings, ...plain } = override
  for (const problem of judgedProblems(base, plain))
    findings.add(codeOfProblem(problem), problemPointer(p, problem), '', problem.why)
  if (findings.list.length > before) return null
  checkWrites(p, rsuVariant(id, false, plain).table, findings)
  if (findings.list.length > before) return null
  const unset = judgedProblems(base, override)
  for (const { at, why } of unset) findings.add('PROFILE-14', '/settings', at, why)
  const tolerant = p.protocol.options?.['tolerateUnescapedBcc'] === true
  const variant = rsuVariant(id, tolerant, unset.length > 0 ? plain : override)
  p.recognise.forEach((r, i) => {
    if (r.by !== 'frame') return
    const at: Path = ['recognise', i]
    if (r.frame !== statusFrame)
      findings.add('PROFILE-10', [...at, 'frame'], r.frame, words.onlyWaitedFor(statusFrame))
    else if (fieldAt(variant.table, r.frame, r.field) === null)
      findings.add('PROFILE-10', [...at, 'field'], r.field, words.notAField(r.frame))
  })
  if (!override.settings?.some((one) => one.id === requiredSetting))
    findings.add('PROFILE-14', '/settings', requiredSetting, words.byPerson())
  checkMoneyCodes(p, base, findings)
  checkMoneyFields(p, base, variant, findings)
  return { override, variant }
}
