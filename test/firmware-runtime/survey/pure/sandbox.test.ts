// What the sandboxed window reads from surveys and evidence equals the command line's result.
// sql.js, another certificate reader and another SM2 judge the files that the runtime wrote.
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { signatureJudge } from '#devices/desk/profile/signatures.ts'
import { strictText } from '#survey/desk/commands/evidence-acts.ts'
import { readSurvey, surveyDigests } from '#survey/files/open-survey.ts'
import { surveyFormatVersion } from '#survey/pure/file/file-format.ts'
import { openEvidence } from '#survey/pure/file/evidence.ts'
import { surveyPage } from '#survey/pure/file/survey-page.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { fingerprintsInPem } from '#renderer/sandbox/gm.ts'
import { openEvidenceBytes, openSurveyBytes } from '#renderer/sandbox/open-survey.ts'
import { sqlOfWindow, SurveyFolder } from './survey-files-kit.ts'
import { boxField, wholeField } from './whole-field.ts'

const sql = await sqlOfWindow()
const folder = new SurveyFolder()
afterAll(() => folder.remove())

const bodies = wholeField(boxField(-38.25, -52))
const said = (act: () => unknown): string => {
  try {
    return JSON.stringify(act())
  } catch (error) {
    if (!(error instanceof LaneFault)) throw error
    const { field = '', value = '', note = '' } = error.detail
    return [error.code, field, value, note].join(' ')
  }
}
const viewOf = ({ content, records }: Pick<ReturnType<typeof readSurvey>, 'content' | 'records'>) =>
  surveyPage({ name: 'x', ...content, records })

describe('a survey in the window', () => {
  const file = folder.survey('whole', bodies)
  const bytes = new Uint8Array(readFileSync(file))
  const inWindow = (given: Uint8Array): string =>
    said(() => viewOf(openSurveyBytes(sql, 'f', given)))
  const commandLine = (given: Uint8Array): string => {
    const path = folder.at('changed.etcsurvey')
    writeFileSync(path, given)
    return said(() => viewOf(readSurvey(path))).replaceAll(path, 'f')
  }

  it('is the page of the runtime, figure by figure', () => {
    const page = viewOf(openSurveyBytes(sql, 'f', bytes))
    expect(page).toEqual(viewOf(readSurvey(file)))
    expect(page).toMatchObject({ whole: true, records: bodies.length, next: null })
    expect(page.taken).toBe(page.points)
    expect(page.items[4]).toMatchObject({ id: 'D5', verdict: 'pass', value: -38.25 })
  })

  it('names a record of which a byte was changed, as the command line does', () => {
    // The last occurrence is a row; before it are remains of split pages.
    const at = Buffer.from(bytes).lastIndexOf('-38.25')
    const changed = Uint8Array.from(bytes)
    changed.set(new TextEncoder().encode('-39'), at)
    const page = viewOf(openSurveyBytes(sql, 'f', changed))
    expect(page.whole).toBe(false)
    expect(page.broken.length + page.lost.length).toBe(1)
    expect(inWindow(changed)).toBe(commandLine(changed))
  })

  it('is read as far as it goes where a page of it is noise', () => {
    const changed = Uint8Array.from(bytes)
    const middle = Math.floor(bytes.length / 2 / 4096) * 4096
    changed.fill(0xa5, middle, middle + 4096)
    const page = viewOf(openSurveyBytes(sql, 'f', changed))
    expect(page.lost.length).toBeGreaterThan(0)
    expect(page.lost.length + page.records).toBe(bodies.length)
    expect(inWindow(changed)).toBe(commandLine(changed))
  })

  it.each([
    ['text', 'SURVEY-01', new TextEncoder().encode('x,y,level\n')],
    ['nothing', 'SURVEY-01', new Uint8Array()],
    ['its first page alone', 'SURVEY-02', bytes.subarray(0, 4096)],
    ['a view in place of a table', 'SURVEY-01', viewInPlace()],
    ['a file of a newer program', 'SURVEY-08', ofVersion(surveyFormatVersion + 1)],
  ])('refuses %s, as the command line does', (_what, code, given) => {
    expect(inWindow(given).slice(0, 9)).toBe(code)
    expect(commandLine(given).slice(0, 9)).toBe(code)
  })

  function ofVersion(version: number): Uint8Array {
    const db = new sql.Database(bytes)
    db.run(`PRAGMA user_version = ${version}`)
    return db.export()
  }

  function viewInPlace(): Uint8Array {
    const db = new sql.Database(bytes)
    db.run('DROP TABLE record')
    db.run(
      `CREATE VIEW record AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n)
       SELECT seq, '' id, 0 atMs, '' "by", '' body, '' hash FROM n`,
    )
    return db.export()
  }
})

describe('evidence in the window', () => {
  const bytes = folder.evidence(folder.survey('proof', bodies.slice(0, 4)))
  const means = {
    digests: surveyDigests(),
    textOf: strictText,
    judge: signatureJudge({ signers: undefined, revoked: undefined, dir: null }),
  }
  const inWindow = (given: Uint8Array): string =>
    said(() => openEvidenceBytes('f', given, []).signature)
  const commandLine = (given: Uint8Array): string =>
    said(() => openEvidence(given, 'f', means).signature)

  it('is whole and names its signer, known or unknown', () => {
    expect(inWindow(bytes)).toBe(commandLine(bytes))
    const signers = fingerprintsInPem(readFileSync(folder.signer.cert, 'utf8'))
    const { signature, records } = openEvidenceBytes('f', bytes, signers)
    expect(signature).toMatchObject({ state: 'signed', by: 'TEST Installer', trusted: true })
    expect(records).toHaveLength(4)
    expect(openEvidenceBytes('f', bytes, []).signature.trusted).toBe(false)
  })

  // In a certificate two DER readers may fail at different bytes; the verdict is the same.
  const verdict = (text: string): string => text.replace(/^(EVIDENCE-02 signature).*/, '$1')

  it('shows any changed byte, with the code and the line of the command line', () => {
    for (const [at, was] of bytes.entries()) {
      const changed = Uint8Array.from(bytes)
      changed[at] = at % 3 === 0 ? 0xff : was ^ 1
      const window = inWindow(changed)
      expect(window, `byte ${at}`).toMatch(/^EVIDENCE-0[12] /)
      expect(verdict(window), `byte ${at}`).toBe(verdict(commandLine(changed)))
    }
  })

  it('shows a byte that was put in, even where JSON reads the same', () => {
    let blanks = 0
    for (const [at, was] of bytes.entries()) {
      // After a comma or colon a blank changes no value.
      if (![0x2c, 0x3a].includes(was)) continue
      blanks++
      const put = new Uint8Array([...bytes.subarray(0, at + 1), 0x20, ...bytes.subarray(at + 1)])
      expect(inWindow(put), `byte ${at}`).toMatch(/^EVIDENCE-0[12] /)
    }
    expect(blanks).toBeGreaterThan(20)
  })

  it('is cut nowhere unseen', () => {
    for (let length = 0; length < bytes.length; length += 7)
      expect(inWindow(bytes.subarray(0, length))).toMatch(/^EVIDENCE-01 /)
  })
})
