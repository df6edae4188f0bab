// The page of free spaces for a phone or a wall screen (000 clause 6.3): one document without script, picture or address of
// another place, which loads itself anew.
import { createHash } from 'node:crypto'
import { shownIn } from '#base/pure/words/chinese-marks.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { SharedSpaces } from '../ports/partner.ts'

export type PageLanguage = keyof BilingualText

const words = {
  title: t('空余车位', 'Free spaces'),
  full: t('满', 'Full'),
  closed: t('关闭', 'Closed'),
  all: t('车位总数', 'Spaces in all'),
  at: t('计数时间', 'Counted at'),
  unsure: t('数据可能不准,请以现场为准', 'May be wrong: follow the signs on site'),
} as const

const refreshSec = 10

const style = `
.none { color: var(--none); }
:root { color-scheme: light dark; --back: #fff; --front: #111; --soft: #555; --free: #0a6b2d; --none: #a61b1b; --line: #ccc; }
@media (prefers-color-scheme: dark) {
  :root { --back: #0c0f12; --front: #f4f4f4; --soft: #b5b5b5; --free: #4ade80; --none: #ff8a80; --line: #444; }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; padding: 4vmin; display: flex; flex-direction: column; gap: 3vmin; text-align: center;
  background: var(--back); color: var(--front); font-family: system-ui, "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
h1 { font-size: clamp(1.4rem, 4vmin, 3.5rem); font-weight: 600; overflow-wrap: anywhere; }
main { flex: 1; display: flex; flex-direction: column; justify-content: center; gap: 4vmin; }
b { display: block; line-height: 1.1; color: var(--free); font-variant-numeric: tabular-nums; }
.whole b { font-size: clamp(6rem, 34vmin, 26rem); }
.whole span, footer { font-size: clamp(1rem, 3vmin, 2.2rem); color: var(--soft); }
ul { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 2vmin; }
li { border: 1px solid var(--line); border-radius: 8px; padding: 2vmin; font-size: clamp(1rem, 3vmin, 2rem); overflow-wrap: anywhere; }
li b { font-size: clamp(2.5rem, 12vmin, 8rem); }
footer strong { display: block; color: var(--none); }
`

const styleHash = createHash('sha256').update(style).digest('base64')

/** Nothing but its own style is loaded, and no other page shows it in itself. */
export const pageSecurity = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (text: string): string => text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark)

/** The language of a browser that is asked for first; Chinese where it asks for neither. */
export function pageLanguage(accepted: string | undefined): PageLanguage {
  const asked = (accepted ?? '').split(',').map((part) => {
    const [tag = '', ...more] = part.trim().toLowerCase().split(';')
    const weight = more.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean) ?? '1'
    return { tag, weight: Number(weight) }
  })
  const weightOf = (language: string): number =>
    Math.max(
      0,
      ...asked.flatMap(({ tag, weight }) => (tag.split('-')[0] === language ? weight : [])),
    )
  return weightOf('en') > weightOf('zh') ? 'en' : 'zh'
}

export function freeSpacesPage(
  name: BilingualText,
  spaces: SharedSpaces,
  language: PageLanguage,
): string {
  const said = (text: BilingualText): string => escaped(shownIn(text, language))
  const digits = (free: number): string => {
    if (!spaces.isOpen) return `<b class="none">${said(words.closed)}</b>`
    return free === 0 ? `<b class="none">${said(words.full)}</b>` : `<b>${free}</b>`
  }
  const parts = spaces.parts.flatMap((part) =>
    part.free === null ? [] : `<li>${escaped(part.name)}${digits(part.free)}</li>`,
  )
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${refreshSec}">
<title>${escaped(name[language])} ${said(words.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(name[language])}</h1>
<main>
<p class="whole"><span>${said(words.title)}</span>${digits(spaces.free)}<span>${said(words.all)} ${spaces.capacity}</span></p>
${parts.length === 0 ? '' : `<ul>${parts.join('')}</ul>`}
</main>
<footer>${spaces.isSure ? '' : `<strong>${said(words.unsure)}</strong>`}${said(words.at)} <time datetime="${spaces.atIso}">${spaces.atIso.slice(11, 19)}</time></footer>
</body>
</html>
`
}
