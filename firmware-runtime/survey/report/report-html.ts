// The report as one HTML page, in the built-in template or the user's: to print, send and view in a browser. Texts of
// people are escaped; drawings are our own; photos are embedded; it contains no scripts.
import type { ReportBlock, ReportDocument, ReportPhoto, ReportSection } from './report-model.ts'
import { forPaper, leastHigh, signedLine } from './report-rows.ts'
import { builtInTemplate, filledTemplate, reportStyle } from './report-template.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const safe = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (char) => escapes[char] ?? '')
const classOf = (name: string | undefined): string => (name === undefined ? '' : ` class="${name}"`)

const sourceOf = ({ mime, bytes }: ReportPhoto): string =>
  `data:${mime};base64,${Buffer.from(bytes).toString('base64')}`
const photoHtml = (photo: ReportPhoto): string =>
  `<figure><img alt="${safe(photo.caption)}" src="${sourceOf(photo)}">` +
  `<figcaption>${safe(photo.caption)}</figcaption></figure>`

type Of<K extends ReportBlock['kind']> = Extract<ReportBlock, { kind: K }>

function tableHtml({ head, widths, rows }: Of<'table'>): string {
  const cols = widths.map((part) => `<col style="width:${part}%">`).join('')
  const titles = head.map((title) => `<th>${safe(title)}</th>`).join('')
  const lines = rows.map((cells) => {
    const tds = cells.map(({ text, verdict }) => `<td${classOf(verdict)}>${safe(text)}</td>`)
    return `<tr>${tds.join('')}</tr>`
  })
  return (
    `<table><colgroup>${cols}</colgroup><thead><tr>${titles}</tr></thead>` +
    `<tbody>${lines.join('')}</tbody></table>`
  )
}

function signaturesHtml({ signatures }: Of<'signatures'>): string {
  const boxes = signatures.map(
    ({ role, name, svg, despite, stamp, ...one }) =>
      `<div class="signature${stamp ? ' stamp' : ''}"><p><b>${safe(role)}</b> ${safe(name)}</p>` +
      `${svg ?? ''}${despite === '' ? '' : `<p class="marginal">${safe(despite)}</p>`}` +
      `<p class="small">${safe(signedLine(one))}</p></div>`,
  )
  return `<div class="signatures">${boxes.join('')}</div>`
}

function blockHtml(block: ReportBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p class="${block.look}">${safe(block.text)}</p>`
    case 'facts': {
      const lines = block.rows.map(
        ([name, value]) => `<tr><th>${safe(name)}</th><td>${safe(value)}</td></tr>`,
      )
      return `<table class="facts"><tbody>${lines.join('')}</tbody></table>`
    }
    case 'list':
      return `<ul>${block.items.map((text) => `<li>${safe(text)}</li>`).join('')}</ul>`
    case 'table':
      return tableHtml(block)
    case 'drawing':
      return (
        `<figure class="drawing${block.figureSize === undefined ? '' : ' read'}"` +
        ` style="--read:${leastHigh(block).toFixed(1)}pt">${block.svg}<figcaption>${safe(block.caption)}</figcaption></figure>`
      )
    case 'photos':
      return `<div class="photos">${block.photos.map(photoHtml).join('')}</div>`
    case 'signatures':
      return signaturesHtml(block)
    case 'letterhead': {
      const logo = block.logo === null ? '' : `<img alt="" src="${sourceOf(block.logo)}">`
      return `<div class="letterhead">${logo}<b>${safe(block.company)}</b></div>`
    }
  }
}

function sectionHtml({ id, heading, blocks }: ReportSection): string {
  const title = heading === '' ? '' : `<h2>${safe(heading)}</h2>`
  const [first, ...rest] = blocks
  const inside = rest.map(blockHtml).join('')
  // A heading and its drawing are one unit, so that they stay on one page.
  if (first?.kind === 'drawing')
    return `<section id="${id}"><div class="lead">${title}${blockHtml(first)}</div>${inside}</section>`
  const lead = first === undefined ? '' : blockHtml(first)
  return `<section id="${id}">${title}${lead}${inside}</section>`
}

/** Escapes typed text, so that it cannot end the string or the style around it. */
const cssText = (text: string): string =>
  text.replaceAll(/["\\<>{}\n]/g, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `)

/** `第 {page} 页` as the CSS content of a page's foot. */
const footerContent = (footer: string): string =>
  footer
    .split(/(\{pages?\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{/.test(part) ? `counter(${part.slice(1, -1)})` : `"${cssText(part)}"`))
    .join(' ')

export function reportHtml(report: ReportDocument, template = builtInTemplate): string {
  const { language, title, basis, footer, sections } = forPaper(report)
  const foot = footerContent(footer)
  const fixed: Readonly<Record<string, string>> = {
    language: language === 'zh' ? 'zh-CN' : 'en',
    title: safe(title),
    basis: safe(basis),
    footer: foot,
    style: filledTemplate(reportStyle, () => foot),
  }
  return filledTemplate(template, (name) => {
    const section = sections.find(({ id }) => id === name)
    return section === undefined ? (fixed[name] ?? '') : sectionHtml(section)
  })
}
