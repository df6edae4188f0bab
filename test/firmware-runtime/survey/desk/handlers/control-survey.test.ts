// A table of readings for a survey: within the call, or transferred in parts when it is larger than a call may be. Both at
// once, neither, a truncated, oversized or non-text table is refused.
import { describe, expect, it } from 'vitest'
import type { CsvArgs, CsvText } from '#survey/calls/measure.ts'
import type { SignArgs } from '#survey/calls/survey.ts'
import { surveyCalls, type SurveyService } from '#survey/desk/handlers/control-survey.ts'
import type { SurveyPage } from '#survey/calls/survey-views.ts'
import { PhotoDrafts } from '#base/desk/handlers/photo-drafts.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'

const draftId = 'draft-0001'
const args: CsvArgs = {
  name: 'a',
  by: '甲',
  place: 'lane',
  file: 'walk.csv',
  placeUnit: 'm',
  columns: { x: 'x', y: 'y', z: null, level: 'dBm', time: null },
  instrumentId: 'sa',
}

function bench() {
  const taken: CsvText[] = []
  const service = { csv: (text: CsvText) => Promise.resolve(void taken.push(text)) }
  const drafts = new PhotoDrafts(null)
  const hold = (bytes: Buffer, upTo = bytes.length): void => {
    for (let at = 0; at < upTo; at += 36_000) {
      const base64 = bytes.subarray(at, Math.min(upTo, at + 36_000)).toString('base64')
      drafts.hold({ draftId, bytes: bytes.length, at, base64 })
    }
  }
  const noAudit = (): void => undefined
  const { 'survey.csv': call } = surveyCalls({
    surveys: service as unknown as SurveyService,
    photos: drafts,
    audit: noAudit,
  })
  return { hold, taken, csv: (given: CsvArgs) => call(given) }
}
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'taken',
    (fault: LaneFault) => fault.code,
  )

/** 60 columns, 60 rows, ten repeats. */
const large = [
  'x,y,dBm',
  ...Array.from(
    { length: 36_000 },
    (_, i) => `${(i % 60) * 0.25},${(Math.floor(i / 60) % 60) * 0.25},-41.25`,
  ),
].join('\n')

describe('a table of readings', () => {
  it('of 60 x 60 points with ten repeats comes over in parts, whole, and is forgotten', async () => {
    const { hold, taken, csv } = bench()
    hold(Buffer.from(large))
    await csv({ ...args, draftId })
    expect(taken).toMatchObject([{ name: 'a', file: 'walk.csv', text: large }])
    expect(taken[0]).not.toHaveProperty('draftId')
    expect(await refusal(csv({ ...args, draftId }))).toBe('ARG-01')
  })

  it.each([
    ['UTF-16', Buffer.from('\ufeff横向,y,dBm\n', 'utf16le')],
    ['GB 18030', Buffer.from([0xba, 0xe1, 0xcf, 0xf2, ...Buffer.from(',y,dBm\n')])],
  ])('comes over in %s as well', async (_encoding, bytes) => {
    const { hold, taken, csv } = bench()
    hold(bytes)
    await csv({ ...args, draftId })
    expect(taken).toMatchObject([{ text: '横向,y,dBm\n' }])
  })

  it('of a few points comes in the call', async () => {
    const { taken, csv } = bench()
    await csv({ ...args, text: 'x,y,dBm\n' })
    expect(taken).toMatchObject([{ text: 'x,y,dBm\n' }])
  })

  it.each([
    ['both', 'ARG-01', { text: '', draftId }, Buffer.from('x')],
    ['neither', 'ARG-01', {}, Buffer.from('x')],
    ['no text', 'FILE-01', { draftId }, Buffer.from([0x78, 0, 0, 1, 2])],
    ['more than 2 MiB', 'METER-09', { draftId }, Buffer.alloc(2 * 1024 * 1024 + 1, 0x30)],
  ])('that is %s is refused', async (_what, code, given, bytes) => {
    const { hold, taken, csv } = bench()
    hold(bytes)
    expect(await refusal(csv({ ...args, ...given }))).toBe(code)
    expect(taken).toEqual([])
  })

  it('that did not come whole is refused', async () => {
    const { hold, csv } = bench()
    hold(Buffer.from(large), 72_000)
    expect(await refusal(csv({ ...args, draftId }))).toBe('ARG-01')
  })
})

describe('a signature over rows that have not passed', () => {
  const despite = {
    rows: [{ item: 'D5', verdict: 'fail' }],
    reason: '本周改期,下周整改完',
    who: '乙',
  } as const
  const sign: SignArgs = {
    commandId: 'sign-0001',
    name: 'a',
    by: '甲',
    role: 'surveyor',
    signer: '丙',
    path: null,
  }
  function service(refuses = false) {
    const rows: unknown[] = []
    const signed = () =>
      refuses ? Promise.reject(new LaneFault('SURVEY-40')) : Promise.resolve({} as SurveyPage)
    const handlers = surveyCalls({
      surveys: { sign: signed, add: signed } as unknown as SurveyService,
      photos: new PhotoDrafts(null),
      audit: (who, role, what) => rows.push({ ...who, role, what }),
    })
    return { rows, handlers }
  }

  it('stands in the audit with who, why and over which; one over none does not', async () => {
    const { rows, handlers } = service()
    await handlers['survey.sign'](sign, 'installer')
    expect(rows).toEqual([])
    await handlers['survey.sign']({ ...sign, despite }, 'installer')
    expect(rows).toEqual([
      {
        commandId: 'sign-0001',
        by: '甲',
        reason: '本周改期,下周整改完',
        role: 'installer',
        what: 'survey.sign a 丙 (乙) despite D5 fail',
      },
    ])
  })

  it('that was refused is in no audit, and none goes round it', async () => {
    const { rows, handlers } = service(true)
    const refused = handlers['survey.sign']({ ...sign, despite }, 'installer')
    expect(await refusal(refused)).toBe('SURVEY-40')
    const round = { name: 'a', by: '甲', bodies: [{ kind: 'signature', despite: { rows: [] } }] }
    expect(await refusal(handlers['survey.add'](round))).toBe('ARG-01')
    expect(rows).toEqual([])
  })
})
