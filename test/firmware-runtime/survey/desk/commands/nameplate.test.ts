// The name plate against an imported profile that names approvals: it matches, differs, or names none.
// The shipped library names no approval, because no approval number was read from a device.
import { beforeAll, afterAll, expect, it } from 'vitest'
import { surveyCommand } from '#survey/desk/commands/survey.ts'
import { copyOf, library, put, problemsOf } from '../../../devices/profiles/shipped.ts'
import { exitLot, Folder, run } from '../../../devices/desk/commands/profile/kit.ts'
import { runSilent } from '../../../../kit/run-command.ts'

const folder = new Folder()
afterAll(() => folder.remove())
const dir = folder.at('lot')
const file = folder.at('a.etcsurvey')
const source = 'serial-text'
const approvals = [
  { approvalNo: 'TEST-01', hardwareVersions: ['V 2.1'], source, status: 'documented' },
  { approvalNo: 'TEST-02', hardwareVersions: [], source, status: 'documented' },
]
const acme = (changes: Record<string, unknown> = { '/approvals': approvals }) => {
  const profile = Object.assign(copyOf('rsu/soulin/parking'), { vendor: 'acme', model: 'one' })
  for (const [pointer, value] of Object.entries(changes))
    put(profile, pointer, structuredClone(value))
  return profile
}

async function survey(...args: readonly string[]) {
  const { code, json } = await runSilent(surveyCommand, args)
  return { code, json: json as unknown as { words: { zh: string; en: string } } }
}
const next = ['--reason', 'the next plate of this test']
const plate = (...more: readonly string[]) =>
  survey('nameplate', file, '--model', 'X', '--data', dir, '--by', 'tester', ...more, ...next)
const one = ['--profile', 'acme/one'] as const

beforeAll(async () => {
  exitLot(dir)
  await run('import', folder.put('in/one.json', acme()), '--data', dir)
  await survey('new', file, '--site', 'site', '--lane', 'exit', '--by', 'tester')
})

it.each([
  ['fits', [...one, '--approval', 'test-01', '--hardware', 'v2.1'], 'match', 'match', 0],
  ['is another type', [...one, '--approval', 'TEST-03'], 'differs', 'unknown', 1],
  [
    'has other hardware',
    [...one, '--approval', 'TEST-01', '--hardware', 'V3'],
    'match',
    'differs',
    1,
  ],
  [
    'names no hardware',
    [...one, '--approval', 'TEST-02', '--hardware', 'V3'],
    'match',
    'unknown',
    0,
  ],
] as const)('a plate that %s', async (_, more, approval, hardware, code) => {
  const said = await plate(...more)
  expect([said.code, said.json]).toMatchObject([code, { approval, hardware }])
})

it('is not replaced without a reason', async () => {
  const again = survey('nameplate', file, '--model', 'Y', '--by', 'tester')
  await expect(again).rejects.toMatchObject({
    code: 'SURVEY-42',
    detail: { field: '/reason', value: 'D4' },
  })
})

it('says which of them is silent: library, plate, or nobody was asked', async () => {
  const of = async (...more: readonly string[]) => (await plate(...more)).json.words.en
  expect(await of('--approval', 'T', '--profile', 'generic/generic-bcc')).toBe(
    'Approval number: the library names none; hardware version: the library names none',
  )
  expect(await of(...one)).toContain('the plate does not say')
  expect(await of('--approval', 'TEST-01')).toContain('compared with no profile')
  expect(await of(...one, '--approval', 'TEST-01', '--hardware', 'V2.1')).toBe(
    'Approval number: as in the profile; hardware version: as in the profile',
  )
  expect(await of(...one, '--approval', 'TEST-09')).toContain('other than in the profile')
})

it.each([
  ['an assumed number', { '/approvals/0/status': 'assumed' }, 'PROFILE-01 /approvals/0/status'],
  ['a seen one without a unit', { '/approvals/0/status': 'verified-on-unit' }, 'PROFILE-12'],
  ['a source that is none', { '/approvals/0/source': 'hearsay' }, 'PROFILE-12 /approvals/0/source'],
  ['a number twice', { '/approvals/1/approvalNo': 'test - 01' }, 'PROFILE-06 /approvals/1'],
])('%s is found by the checks of profiles', (_, change, finding) => {
  const good = acme()
  expect(problemsOf(good)).toEqual([])
  for (const [pointer, value] of Object.entries(change)) put(good, pointer, value)
  expect(problemsOf(good)).toEqual([expect.stringContaining(finding)])
})

it('no approval is invented: the library that ships names none', () => {
  const named = [...library.profiles.values()].filter(({ profile }) => profile.approvals?.length)
  expect(named).toEqual([])
})
