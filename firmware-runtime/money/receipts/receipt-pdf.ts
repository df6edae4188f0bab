// A receipt as a PDF with the width of its paper, made from the same lines as the print. pdfmake draws the code; the
// fonts come from files and are embedded as subsets.
import pdfmake from 'pdfmake'
import type { Content } from 'pdfmake/interfaces.js'
import type { PaperLine } from '#base/pure/data/paper.ts'

interface FontFiles {
  readonly regular: string
  readonly bold: string
}

const mm = (value: number): number => (value * 72) / 25.4
const paper = { width: mm(80), side: mm(5) } as const
const inner = paper.width - 2 * paper.side
const font = 'Receipt'

function contentOf(line: PaperLine): Content {
  switch (line.kind) {
    case 'text': {
      const isLarge = line.size === 'large'
      return {
        text: line.text,
        alignment: line.align,
        fontSize: isLarge ? 14 : 9,
        bold: isLarge,
        margin: [0, 0, 0, mm(1)],
      }
    }
    case 'pair': {
      const look = line.isBig ? { fontSize: 13, bold: true } : {}
      return {
        margin: [0, 0, 0, mm(0.6)],
        columns: [
          { text: line.name, width: 'auto', ...look },
          { text: line.value, width: '*', alignment: 'right', ...look },
        ],
      }
    }
    case 'rule': {
      const dash = { length: 2 }
      const rule = { type: 'line', x1: 0, y1: 0, x2: inner, y2: 0, lineWidth: 0.6, dash } as const
      return { canvas: [rule], margin: [0, mm(1), 0, mm(1.5)] }
    }
    case 'qr':
      return {
        qr: line.text,
        eccLevel: 'M',
        mode: /^[0-9A-Z $%*+\-./:]*$/.test(line.text) ? 'alphanumeric' : 'octet',
        fit: mm(60),
        alignment: 'center',
        margin: [0, mm(2), 0, mm(3)],
      }
  }
}

export async function receiptPdf(
  lines: readonly PaperLine[],
  { regular, bold }: FontFiles,
): Promise<Uint8Array> {
  // Nothing is downloaded and no other file is read, whatever a receipt contains.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)
  pdfmake.setFonts({ [font]: { normal: regular, bold } })
  const title = lines.find((line) => line.kind === 'text')?.text ?? ''
  return pdfmake
    .createPdf({
      info: { title, creator: 'ETC Lane Studio' },
      language: 'zh-CN',
      compress: true,
      pageSize: { width: paper.width, height: 'auto' },
      pageMargins: [paper.side, mm(6), paper.side, mm(6)],
      defaultStyle: { font, fontSize: 9, lineHeight: 1.15 },
      content: lines.map(contentOf),
    })
    .getBuffer()
}
