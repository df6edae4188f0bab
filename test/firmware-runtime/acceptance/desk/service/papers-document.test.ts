// The papers as one document: every row, what the lot knows, and a notice where nothing was written. The PDF is read back
// with pdftotext and the DOCX with Python's zipfile; every page is marked as simulated.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { papers } from '#acceptance/pure/papers/table.ts'
import { papersDocument } from '#acceptance/desk/service/papers-document.ts'
import { ruleLines } from '#acceptance/desk/service/rule-lines.ts'
import { t } from '#base/pure/words/fault-text.ts'
import { baseRules } from '#base/pure/rules/packs.ts'
import { documentBytes } from '#base/desk/document/document-pdf.ts'
import { MemoryPapers } from './papers-kit.ts'
import { folderOfFile } from '../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-papers-')

const lot = { name: t('一号场', 'Lot one'), lotId: 'GX00099' }
function made(memory: MemoryPapers, language: 'zh' | 'en') {
  const view = memory.service.view()
  const known = { siting: [], simulated: memory.simulated, surveys: [], items: [], papers: view }
  return papersDocument(view, ruleLines(baseRules, known), lot, memory.nowMs, language)
}
const textOf = (memory: MemoryPapers, language: 'zh' | 'en' = 'en'): string =>
  JSON.stringify(made(memory, language))

describe('the document', () => {
  it('has every paper by clause, what is known, and what nobody filled in', () => {
    const text = textOf(new MemoryPapers())
    for (const { clause } of papers) expect(text).toContain(clause)
    expect(text).toContain('known certificates')
    expect(text).toContain('Not known to the system')
    expect(text.split('not filled in yet').length - 1).toBe(
      papers.flatMap(({ fields }) => fields).filter(({ known }) => known === undefined).length,
    )
  })
  it('says nothing of nobody once all is filled in, and who wrote it', () => {
    const text = textOf(new MemoryPapers().fillAll('甲').reviewAll('乙'))
    expect(text).not.toContain('not filled in yet')
    expect(text).toContain('— 甲')
    expect(text).toContain('accepted')
  })
  it('of a real lot is not called simulated', () => {
    const memory = new MemoryPapers()
    memory.simulated = false
    expect(textOf(memory)).not.toContain('SIMULATED')
  })
})

describe('on paper', () => {
  it('every page of the PDF says that it is simulated, and pdftotext reads its rows', async () => {
    const file = join(folder, 'papers.pdf')
    const memory = new MemoryPapers().fillAll('甲', ['J2'])
    writeFileSync(file, await documentBytes(made(memory, 'zh'), 'pdf'))
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    const pages = text.split('\f').filter((page) => page.trim() !== '')
    expect(pages.length).toBeGreaterThan(4)
    for (const [i, page] of pages.entries())
      expect(page.replaceAll(/\s/g, ''), `page ${i + 1}`).toContain('模拟运行，不是验收')
    const flat = text.replaceAll(/\s/g, '')
    for (const said of ['没有填写', '写了J2general', 'K.1-10', '9.2f', '密码应用情况表'])
      expect(flat).toContain(said)
  })
  it('the DOCX has the same rows, by python', async () => {
    const file = join(folder, 'papers.docx')
    writeFileSync(file, await documentBytes(made(new MemoryPapers(), 'en'), 'docx'))
    const script = [
      'import sys,zipfile,re',
      'z=zipfile.ZipFile(sys.argv[1])',
      'print(re.sub(r"<[^>]+>"," ",z.read("word/document.xml").decode()))',
      'print("FOOT",[re.sub(r"<[^>]+>","",z.read(n).decode()) for n in z.namelist() if "footer" in n])',
    ].join('\n')
    const text = execFileSync('python3', ['-c', script, file], { encoding: 'utf8' })
    for (const said of ['not filled in yet', 'K.1-10', 'Level-2 grading sheet', '9.2 a'])
      expect(text).toContain(said)
    expect(text.split('FOOT')[1]).toContain('SIMULATED')
  })
})
