// The page around a report: the built-in one, or a file of the user with the same placeholders beside the surveys. A
// template styles the report; it cannot leave out a section, run a script or download anything.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault, type Why } from '#base/pure/faults/faults.ts'
import { sectionIds } from './report-model.ts'

/** In the folder of the surveys, one for all of them. */
export const templateName = 'report-template.html'
export const templateBytesMax = 1024 * 1024

/** Placeholders beside the sections; each is optional. */
const others = ['language', 'title', 'basis', 'footer', 'style'] as const

export const reportStyle = `
@font-face { font-family: "Report Sans"; font-weight: 400; src: url(fonts/regular.ttf); }
@font-face { font-family: "Report Sans"; font-weight: 700; src: url(fonts/bold.ttf); }
@page {
  size: A4; margin: 16mm 15mm 18mm;
  @bottom-center { content: {{footer}}; font: 8pt "Report Sans", sans-serif; color: #444; }
}
body {
  font: 9.5pt/1.5 "Report Sans", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  color: #000; max-width: 180mm; margin: 0 auto; overflow-wrap: anywhere;
}
h1 { font-size: 18pt; line-height: 1.3; margin: 0 0 1mm; }
h2 { font-size: 12.5pt; line-height: 1.3; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2mm; } ul { margin: 0; padding-left: 5mm; }
.lead { break-inside: avoid; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 3mm; }
th, td { border: 0.25mm solid #888; padding: 1mm 1.5mm; text-align: left; vertical-align: top; }
th { background: #eee; font-weight: 700; }
figure, .signature { break-inside: avoid; }
/* Under 16 lines whole; a longer one leaves no empty half behind it. */
td, li { orphans: 8; widows: 8; } thead { display: table-header-group; }
.facts th { width: 30%; background: none; }
figure { margin: 0 0 3mm; } figcaption { font-size: 8.5pt; color: #333; }
figure.drawing svg { display: block; max-width: 100%; max-height: 165mm; height: auto; }
/* With its heading and caption less than half a page: what goes to the next page leaves no empty half. Only the figures of
   a map may ask for more. */
@media print { figure.drawing svg { max-height: 98mm; } figure.drawing.read svg { max-height: clamp(98mm, var(--read), 150mm); } }
.letterhead { display: flex; align-items: center; gap: 5mm; margin: 2mm 0 4mm; font-size: 14pt; }
.letterhead img { max-width: 60mm; max-height: 20mm; }
.photos { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm; }
.photos img { display: block; max-width: 100%; max-height: 90mm; border: 0.25mm solid #888; }
.notice { border: 0.5mm solid #000; padding: 1mm 2mm; font-weight: 700; }
.code { font-family: monospace; }
.fail { font-weight: 700; color: #a00000; } .incomplete, .marginal { font-weight: 700; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 3mm; }
.signature { border: 0.25mm solid #888; padding: 2mm; min-height: 26mm; }
.signature.stamp { min-height: 46mm; }
.signature svg { display: block; width: 100%; height: 18mm; } .signature p { margin: 0; }
.small { font-size: 8.5pt; color: #333; }
`

/** The template to start from: \`etc-lane survey template\` writes it. */
export const builtInTemplate = `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{title}}</title>
<style>{{style}}</style>
</head>
<body>
<h1>{{title}}</h1>
<p>{{basis}}</p>
${sectionIds.map((id) => `{{${id}}}`).join('\n')}
</body>
</html>
`

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g

/** What a page for paper never needs, and what could run code or connect to a server. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/<\s*(?:script|iframe|frame|object|embed|applet|base|form|link|portal)\b/i, 'element'],
  [/<\s*meta\b[^>]*http-equiv/i, 'meta http-equiv'],
  [/<[^>]*\son[a-z]+\s*=/i, 'event handler'],
  [/javascript\s*:/i, 'javascript:'],
  // Pictures are embedded; a page for paper downloads nothing.
  [/\s(?:src|href|srcset|poster|action)\s*=\s*(?!\s*["']?\s*(?:data:|#))/i, 'address'],
  [/url\(\s*(?!["']?\s*(?:data:|#|fonts\/))/i, 'address'],
  [/@import\b/i, '@import'],
]

const lineOf = (text: string, index: number): string =>
  `line ${text.slice(0, index).split('\n').length}`

/** The text itself, or REPORT-01 with the line and the problem. */
export function checkedTemplate(text: string, file: string): string {
  const wrong = (field: string, value: string, note: Why): LaneFault =>
    new LaneFault('REPORT-01', { file, field, value: value.slice(0, 80), note })
  const seen = new Set<string>()
  for (const match of text.matchAll(placeholder)) {
    const name = match[1] ?? ''
    const known = [...sectionIds, ...others].some((one) => one === name)
    if (!known)
      throw wrong(
        lineOf(text, match.index),
        match[0],
        t('没有这个占位符', 'there is no such placeholder'),
      )
    if (sectionIds.some((one) => one === name) && seen.has(name))
      throw wrong(lineOf(text, match.index), match[0], t('放了两次', 'it is placed twice'))
    seen.add(name)
  }
  // A template of an earlier version has no place for the annex, which stands at its end.
  const hasAnnex = seen.has('annex')
  const missing = sectionIds.find((id) => !seen.has(id) && id !== 'annex')
  if (missing !== undefined)
    throw wrong('', `{{${missing}}}`, t('这一节没有放入', 'this section is not placed'))
  for (const [pattern, note] of refused) {
    const match = pattern.exec(text)
    if (match !== null)
      throw wrong(
        lineOf(text, match.index),
        match[0],
        t(`不接受 ${note}`, `${note} is not accepted`),
      )
  }
  if (!/<html[\s>]/i.test(text) || !/<\/html>/i.test(text))
    throw wrong('', '<html>', t('不是 HTML 页面', 'this is not an HTML page'))
  return hasAnnex ? text : text.replace(/<\/(?:body|html)>/i, '{{annex}}\n$&')
}

/** Replaces each placeholder once: inserted text is never searched for placeholders. */
export const filledTemplate = (template: string, of: (name: string) => string): string =>
  template.replaceAll(placeholder, (_all, name: string) => of(name))
