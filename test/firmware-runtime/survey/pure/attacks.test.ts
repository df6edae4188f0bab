// Each fact that must not pass turns its row away from a pass: at least two for each rule and each row, applied to a whole
// survey whose rows all pass. Those that stay green are printed together.
import { afterAll, describe, expect, it } from 'vitest'
import { surveyItems } from '#survey/pure/items/index.ts'
import { stepCodes } from '#survey/pure/next-steps.ts'
import { projectOf } from '#survey/pure/file/project.ts'
import type { Finding, ItemId, SurveyRecord } from '#survey/pure/file/record.ts'
import { itemViews } from '#survey/pure/file/survey-view.ts'
import { Folder, makeSigner } from '../../devices/desk/commands/profile/kit.ts'
import type { Attack } from './attacks/attack.ts'
import { attacks1to4 } from './attacks/rows-1-to-4.ts'
import { attacks5 } from './attacks/row-5.ts'
import { attacks6 } from './attacks/row-6.ts'
import { attacks7to12 } from './attacks/rows-7-to-12.ts'
import { attacks13to15 } from './attacks/rows-13-to-15.ts'
import { answerAttacks } from './attacks/answers.ts'
import { exclusionAttacks } from './attacks/exclusions.ts'
import { stateAttacks } from './attacks/states.ts'
import { fileAttacks, opens, ours, sealedBy, withPack } from './attacks/signed-files.ts'
import { recordsOf } from './records.ts'
import { boxField, readAt, trigger, wholeField } from './whole-field.ts'
import { recordsOfMade, whole, wholeByTries, type Made } from './attacks/whole-survey.ts'

const all: readonly Attack[] = [
  ...attacks1to4,
  ...attacks5,
  ...attacks6,
  ...attacks7to12,
  ...attacks13to15,
  ...stateAttacks,
  ...answerAttacks,
  ...exclusionAttacks,
]
const rowOf = (id: ItemId, records: readonly SurveyRecord[]): Finding => {
  const item = surveyItems.find((one) => one.id === id)
  if (item === undefined) throw new Error(id)
  return item.judge(projectOf(records))
}
const startOf = ({ from }: Attack): readonly Made[] => (from === 'tries' ? wholeByTries : whole)

describe('the whole survey', () => {
  it.each([
    ['by the field', whole],
    ['by transactions', wholeByTries],
  ])('passes each row %s', (_what, made) => {
    const project = projectOf(recordsOfMade(made))
    const open = surveyItems.flatMap(({ id, judge }) => {
      const { verdict, words } = judge(project)
      return verdict === 'pass' ? [] : [`${id} ${verdict}: ${words.en}`]
    })
    expect(open).toEqual([])
  })
})

const keys = new Folder()
afterAll(() => keys.remove())
const signer = makeSigner(keys, 'Installer')
const ofFile = fileAttacks(signer)

describe('a file that must not be taken as it is', () => {
  it.each(ofFile.map((one) => [`${one.rule}: ${one.what}`, one] as const))('%s', (_name, one) => {
    expect(() => opens(signer, one)).toThrowError(
      expect.objectContaining({ code: one.code }) as never,
    )
  })
  it.each([
    ['without a pack', (all: readonly Made[]) => all, null, []],
    ['with an altered pack that says so', withPack(ours).change, null, ['D5']],
    ['signed by its issuer', withPack(sealedBy(signer, ours)).change, 'TEST Installer', ['D5']],
  ] as const)('a file %s opens', (_name, change, by, altered) => {
    const { records, issuer } = opens(signer, { change, signedAfterMs: 0 })
    expect(issuer?.by ?? null).toBe(by)
    const shown = itemViews(projectOf(records)).filter((one) => one.altered !== null)
    expect(shown.map(({ id }) => id)).toEqual(altered)
  })
})

describe('a fact that must not pass', () => {
  const green: string[] = []
  const steps = new Set<string>()
  const strong = boxField(-40, -50)

  it.each(all.map((one) => [`${one.row} ${one.rule}: ${one.what}`, one] as const))(
    '%s',
    (name, one) => {
      const start = startOf(one)
      const changed = one.change(start)
      expect(changed, 'the change does something').not.toEqual(start)
      const { verdict, words, next } = rowOf(one.row, recordsOfMade(changed))
      if (next !== null) steps.add(next.code)
      if (verdict === 'pass') green.push(name)
      expect(verdict, words.en).not.toBe('pass')
      expect(verdict, words.en).not.toBe('notApplicable')
      if (one.is !== undefined) expect(verdict, words.en).toBe(one.is)
      expect([words.zh, words.en]).not.toContain('')
      expect(next?.zh, words.en).toBeTruthy()
    },
  )

  it('has a step for each kind of reason, and each step is the step of one', () => {
    const island = wholeField((at) => (at.yMm === -2_000 ? -44.5 : strong(at)))
    const mixed = [...wholeField(strong), readAt(trigger, -40, { antennaId: 2 })]
    for (const { judge, examples } of surveyItems)
      for (const bodies of [...examples().map((one) => one.bodies), island, mixed]) {
        const { next } = judge(projectOf(recordsOf(bodies)))
        if (next !== null) steps.add(next.code)
      }
    expect([...steps].toSorted()).toEqual(stepCodes.toSorted())
  })

  it('is in the table for each row at least twice, and none stays green', () => {
    for (const { id } of surveyItems)
      expect(all.filter(({ row }) => row === id).length, id).toBeGreaterThanOrEqual(2)
    expect(green, green.join('\n')).toEqual([])
  })

  it('breaks each rule of section 7 in two ways', () => {
    const rules = Array.from({ length: 18 }, (_, i) => `7.${i + 1}`)
    for (const rule of rules) {
      const own = [...all, ...ofFile].filter((one) => one.rule === rule)
      expect(own.length, rule).toBeGreaterThanOrEqual(2)
    }
  })
})
