// The page of survey files in the window: a survey and its evidence opened, damage and changed lines named,
// trusted and unknown signers, two surveys compared and merged. No runtime is involved.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { parkingGrid, gridPoints } from '#survey/pure/field/grid.ts'
import { surveyItems } from '#survey/pure/items/index.ts'
import {
  dropOn,
  evidenceBytes,
  fieldBody,
  fileOf,
  loadSql,
  openedBody,
  offsetOf,
  setupBody,
  signerPem,
} from './files-kit.ts'
import { fingerprintsInPem } from '#renderer/sandbox/gm.ts'
import { eventually } from '../../../kit/eventually.ts'
import { all, enter, named, one, openPage, settle, wordOf, press, textOf } from '../../kit/page.ts'
import { ScriptedLot } from '../../kit/scripted-lot.ts'

vi.mock('#renderer/sandbox/load-sql.ts', () => ({ loadSql }))

const points = gridPoints(parkingGrid).slice(0, 30)
const bodies = [openedBody, ...points.map(({ xMm, yMm }) => fieldBody(xMm, yMm, -38.2))]
const utf8 = new TextEncoder()

beforeEach(async () => {
  await openPage(new ScriptedLot(), '/survey/files')
})

async function seen(text: () => string, what: string | RegExp): Promise<void> {
  await eventually(async () => {
    await settle()
    return text()
  }).toMatch(what)
}
const textAt = (name: string) => () => textOf(name)
async function drop(name: string, bytes: Uint8Array): Promise<void> {
  await dropOn(one(named('files')), name, bytes)
  await seen(() => all(named('tab')).at(-1)?.innerText ?? '', name)
}

describe('a survey', () => {
  it('is shown in the order of table D.1, with its records and its field', async () => {
    await drop('one.etcsurvey', await fileOf('a', bodies))
    const rows = all(`${named('results')} tbody tr`)
    expect(rows).toHaveLength(surveyItems.length)
    expect(textOf('survey-sheet')).toContain('演示停车场 · 出口')
    await press('sheet-records')
    const lines = all(`${named('records')} tbody tr`).map((row) => row.innerText)
    expect(lines).toHaveLength(bodies.length)
    expect(lines[1]).toContain('-38.2 dBm')
    await press('sheet-field')
    expect(all(`${named('heat-map')} g`)).toHaveLength(gridPoints(parkingGrid).length)
  })

  it('names a record that was changed', async () => {
    const bytes = await fileOf('a', bodies)
    bytes.set(utf8.encode('-39.2'), offsetOf(bytes, '-38.2'))
    await drop('one.etcsurvey', bytes)
    expect(textOf('damaged')).toMatch(/记录：\d+/)
  })

  it('that is none is refused by code', async () => {
    await drop('x.etcsurvey', utf8.encode('x,y'))
    expect(textOf('refused')).toContain('SURVEY-01')
  })
})

describe('evidence', () => {
  it('says whether a time stamp is in it, and that it is not checked here', async () => {
    await drop('signed.etcevidence', evidenceBytes())
    expect(textOf('time')).toContain(wordOf('files.notAttested'))
    await drop('stamped.etcevidence', evidenceBytes('AAAA'))
    expect(textOf('time')).toContain(wordOf('files.stampNotChecked'))
  })

  it('names its signer as unknown, until the certificate is shown', async () => {
    await drop('signed.etcevidence', evidenceBytes())
    expect(textOf('evidence')).toContain('TEST Installer')
    expect(textOf('signer')).toContain(`▲ ${wordOf('files.unknown')}`)
    await dropOn(one(named('files')), 'signer.pem', signerPem())
    await seen(textAt('signer'), '✓ 在已知签名人之列')
  })

  it('of a signer who was revoked proves nothing, and says who and why', async () => {
    const list = (fingerprint: string) =>
      utf8.encode(JSON.stringify({ version: 1, revoked: [{ fingerprint, why: 'key lost' }] }))
    await drop('signed.etcevidence', evidenceBytes())
    await dropOn(one(named('files')), 'others.json', list('0'.repeat(64)))
    await seen(textAt('revoked'), /1/)
    expect(textOf('evidence')).toContain('TEST Installer')
    const [own = ''] = fingerprintsInPem(new TextDecoder().decode(signerPem()))
    await dropOn(one(named('files')), 'revoked.json', list(own))
    await seen(() => document.body.innerText, 'EVIDENCE-02')
    expect(textOf('wrong')).toContain('TEST Installer 的证书已吊销：key lost')
    expect(document.querySelector(named('survey-sheet'))).toBeNull()
    // Also applies to a file opened after the list.
    await drop('again.etcevidence', evidenceBytes())
    expect(textOf('refused')).toContain('EVIDENCE-02')
  })

  it.each([
    ['{', 'FILE-02'],
    ['{"version":1,"revoked":[{"fingerprint":"AB","why":"x"}]}', 'PROFILE-17'],
    ['{"version":2,"revoked":[]}', 'PROFILE-17'],
  ])('a list of revoked signers that cannot be read is refused: %s', async (text, code) => {
    await drop('revoked.json', utf8.encode(text))
    expect(textOf('refused')).toContain(code)
    expect(document.querySelector(named('revoked'))).toBeNull()
  })

  it('names the line of a changed byte', async () => {
    const changed = evidenceBytes()
    changed.set(utf8.encode('-48.2'), offsetOf(changed, '-38.2'))
    await drop('signed.etcevidence', changed)
    expect(textOf('refused')).toContain('EVIDENCE-01')
    expect(textOf('wrong')).toContain('第 3 行：记录 2 与前一条不衔接')
    expect(document.querySelector(named('survey-sheet'))).toBeNull()
  })
})

describe('two surveys', () => {
  const before = () =>
    fileOf('a', [openedBody, setupBody(8), fieldBody(0, 0, -38), fieldBody(250, 0, -40)])
  const after = () =>
    fileOf('b', [openedBody, setupBody(4), fieldBody(0, 0, -44.5), fieldBody(500, 0, -40)])

  it('are compared: settings that differ, points in both and in one, changes beyond a figure', async () => {
    await drop('a.etcsurvey', await before())
    await drop('b.etcsurvey', await after())
    await press('compare')
    expect(textOf('mean')).toBe('-6.5 dB')
    const rows = all(`${named('settings')} tbody tr`).map((row) => row.innerText)
    expect(rows.filter((row) => row.includes('▲'))).toEqual([
      expect.stringMatching(/▲ 功率档位\s*8\s*4/),
    ])
    const map = one(named('difference-map'))
    expect(map.querySelectorAll('.both')).toHaveLength(1)
    expect([...map.querySelectorAll('.single text')].map((text) => text.textContent)).toEqual([
      'A',
      'B',
    ])
    expect(all(`${named('beyond')} tr`)).toHaveLength(1)
    await enter('input[name="beyond"]', '7')
    expect(all(`${named('beyond')} tr`)).toHaveLength(0)
  })

  it('are joined and the joined file is whole', async () => {
    await drop('a.etcsurvey', await before())
    await drop('b.etcsurvey', await after())
    await press('merge')
    await seen(textAt('merge-sheet'), '共 8 条记录')
    expect(textOf('merge-sheet')).toContain('仅 A 有 3 条，仅 B 有 3 条')
    await press('save-merged')
    await seen(() => all(named('tab')).at(-1)?.innerText ?? '', 'a-merged.etcsurvey')
    expect(document.querySelector(named('damaged'))).toBeNull()
    await press('sheet-records')
    expect(one(`${named('records')} tbody tr:last-child`).innerText).toContain('合并')
  })

  it('of different lanes are not joined, and it is said which', async () => {
    await drop('a.etcsurvey', await before())
    const other = { ...openedBody, lane: '入口' } as typeof openedBody
    await drop('b.etcsurvey', await fileOf('b', [other]))
    await press('merge')
    await seen(() => document.body.innerText, 'SURVEY-30')
    expect(document.querySelector(named('save-merged'))).toBeNull()
  })
})
